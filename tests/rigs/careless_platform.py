"""`careless_platform.py FOLDER KEYS PORT`: the training platform, storing uploads as tuspyserver 4.4.3 does by default.

It appends to the end of the file, keeps the offset elsewhere and writes it only after the chunk. Killed within a chunk,
it goes on behind bytes it does not know of, and in the end calls the upload complete.
"""

from __future__ import annotations

import sys
from pathlib import Path

from app.platform import serve, uploads
from app.platform.inbox import Judgement
from app.platform.uploads import Source, Uploads
from app.store.durable import replace


class Careless(Uploads):
    def append(self, upload_id: str, offset: int, stream: Source, length: int) -> int:
        if offset != self.offset(upload_id):
            raise uploads.Refused(409, "the offset is not the committed one")
        arrived = 0
        with self.data(upload_id).open("ab", buffering=0) as data:
            while arrived < length and (piece := stream.read1(min(uploads.PIECE, length - arrived))):
                data.write(piece)
                arrived += len(piece)
        replace(self.data(upload_id).with_name(uploads.OFFSETS), b"%d\n" % (offset + arrived))
        return offset + arrived


def main(folder: str, keys: str, port: str) -> None:
    uploads._truncate = lambda _upload: None  # type: ignore[assignment]
    serve.Uploads = Careless  # type: ignore[misc]
    with serve.platform(
        Path(folder), Path(keys), port=int(port), judge=lambda *_: Judgement(True, None, (), "")
    ) as receiver:
        receiver.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
