"""Settings that a person writes: read within bounds, what is wrong is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from app.station.errors import ReadingSettingBroken
from app.station.settings_file import LARGEST, read_settings


class Settings(BaseModel):
    model_config = ConfigDict(extra="forbid")
    pages: int = 1


def test_no_file_is_no_settings(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.toml", Settings, ReadingSettingBroken) is None


def test_a_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "some.toml"
    file.write_text("pages = 7\n", "utf-8")
    assert read_settings(file, Settings, ReadingSettingBroken) == Settings(pages=7)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"pages = \n", "line 1"),
        (b"pages = 'many'\n", "pages: "),
        (b"sheets = 7\n", "sheets: "),
        (b"\xff\xfe", "utf-8"),
        (b"#" * (LARGEST + 1), "larger than 64 kB"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, data: bytes, told: str) -> None:
    file = tmp_path / "some.toml"
    file.write_bytes(data)
    with pytest.raises(ReadingSettingBroken) as raised:
        read_settings(file, Settings, ReadingSettingBroken)
    assert told in str(raised.value)
    assert str(file) in str(raised.value)


def test_a_folder_under_that_name_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadingSettingBroken, match="directory"):
        read_settings(tmp_path, Settings, ReadingSettingBroken)


def test_the_bound_can_be_another(tmp_path: Path) -> None:
    file = tmp_path / "some.toml"
    file.write_bytes(b"#" * (LARGEST + 1))
    assert read_settings(file, Settings, ReadingSettingBroken, 2 * LARGEST) == Settings()
