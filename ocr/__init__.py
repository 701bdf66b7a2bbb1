"""One page image in, knowledge out. Knows no other folder of ours."""

import os

# onnxruntime from 1.29 on reports its use to its maker over HTTPS and keeps a device id in the home, unless this stands
# before it is loaded (its Privacy.md). Nothing of a station calls out by itself.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
