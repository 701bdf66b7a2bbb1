"""Keys and proofs. Knows no other folder of ours."""

import logging

# pyHanko logs every doubtful signature with a traceback. What it finds is in our reports; without a handler of the
# application's own it would land on the clerk's terminal.
logging.getLogger("pyhanko").addHandler(logging.NullHandler())
logging.getLogger("pyhanko_certvalidator").addHandler(logging.NullHandler())
