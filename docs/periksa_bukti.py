"""Periksa satu bukti tanpa portal: python3 periksa_bukti.py bukti.json sidik.json

bukti.json: bukti dari halaman lacak. sidik.json: dari /transparansi/sidik.json, atau salinan lama dari siapa pun.
Keluar dengan kode 0 bila bukti menuju sidik yang diumumkan, 1 bila tidak.
"""

import hashlib
import json
import sys


def sha256(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def canonical(fields: dict) -> bytes:
    return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()


with open(sys.argv[1], encoding="utf-8") as proof_file, open(sys.argv[2], encoding="utf-8") as roots_file:
    proof, roots = json.load(proof_file), json.load(roots_file)["roots"]

node = sha256(b"\x00" + canonical({key: proof[key] for key in ("v", "case", "events", "head", "salt")}))
for side, sibling in proof["path"]:
    pair = bytes.fromhex(sibling) + node if side == "left" else node + bytes.fromhex(sibling)
    node = sha256(b"\x01" + pair)

for newer, older in zip(roots, roots[1:]):  # noqa: B905, RUF007
    if newer["prev"] != older["hash"]:
        sys.exit(f"Sidik {newer['date']} tidak menyambung dengan sidik {older['date']}.")
for root in roots:
    if sha256(canonical({key: root[key] for key in root if key != "hash"})).hex() != root["hash"]:
        sys.exit(f"Isi sidik {root['date']} tidak cocok dengan sidiknya.")
    if root["date"] == proof["date"] and root["root"] == node.hex():
        print(f"Cocok: {proof['case']}, {proof['events']} catatan, sidik {root['date']}.")
        sys.exit(0)
sys.exit("Bukti ini tidak menuju sidik yang diumumkan.")
