"""A file of addresses in MaxMind's format, as small as can be: https://maxmind.github.io/MaxMind-DB/."""

from collections.abc import Mapping
from ipaddress import IPv4Network
from pathlib import Path
from typing import Any

MARK = b"\xab\xcd\xefMaxMind.com"
MAP, TEXT, UINT16, UINT32, UINT64, ARRAY = 7, 2, 5, 6, 9, 11
NUMBERS = {"node_count": UINT32, "build_epoch": UINT64}


def encoded(value: Any, kind: int = UINT16) -> bytes:
    """A value of the data section."""
    if isinstance(value, dict):
        parts = [encoded(key) + encoded(one, NUMBERS.get(key, UINT16)) for key, one in value.items()]
        return bytes([MAP << 5 | len(value)]) + b"".join(parts)
    if isinstance(value, list):
        return bytes([len(value), ARRAY - 7]) + b"".join(encoded(one) for one in value)
    if isinstance(value, str):
        return bytes([TEXT << 5 | len(value)]) + value.encode()
    number: bytes = value.to_bytes((value.bit_length() + 7) // 8, "big")
    return (bytes([len(number), kind - 7]) if kind > 7 else bytes([kind << 5 | len(number)])) + number


def address_file(path: Path, countries: Mapping[str, str]) -> Path:
    """Write a file that knows the countries of these networks."""
    nodes: list[list[int | str | None]] = [[None, None]]
    for network, country in countries.items():
        found = IPv4Network(network)
        bits = f"{int(found.network_address):032b}"[: found.prefixlen]
        place = 0
        for bit in bits[:-1]:
            below = nodes[place][int(bit)]
            if not isinstance(below, int):
                nodes.append([None, None])
                below = nodes[place][int(bit)] = len(nodes) - 1
            place = below
        nodes[place][int(bits[-1])] = country
    path.write_bytes(_written(nodes))
    return path


def _written(nodes: list[list[int | str | None]]) -> bytes:
    data, places = b"", dict[str, int]()
    for country in sorted({one for node in nodes for one in node if isinstance(one, str)}):
        places[country] = len(data)
        data += encoded({"country": {"iso_code": country}})
    tree = b""
    for node in nodes:
        for one in node:
            number = len(nodes) if one is None else one if isinstance(one, int) else len(nodes) + 16 + places[one]
            tree += number.to_bytes(3, "big")
    about = {
        "node_count": len(nodes), "record_size": 24, "ip_version": 4, "database_type": "Test", "languages": [],
        "binary_format_major_version": 2, "binary_format_minor_version": 0, "build_epoch": 1, "description": {},
    }  # fmt: skip
    return tree + bytes(16) + data + MARK + encoded(about)
