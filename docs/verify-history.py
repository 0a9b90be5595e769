"""Verifies an export of `xanh audit export <file>`, with nothing of Xanh and nothing beside Python's own library.

    python3 verify-history.py <file> [the hash of a seal that was kept elsewhere ...]
"""

import copy
import hashlib
import json
import sys


def canonical(value):  # RFC 8785, for the values that a register holds
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256(data):
    return hashlib.sha256(data if isinstance(data, bytes) else data.encode()).hexdigest()


def undo(after, changes):
    """The state before a write: each place gets back what it was; a list that grew, its length; else it was not there."""
    state = copy.deepcopy(after)
    for change in changes:
        *way, last = [name.replace("~1", "/").replace("~0", "~") for name in change["path"].split("/")[1:]]
        place = state
        for name in way:
            place = place[int(name)] if isinstance(place, list) else place[name]
        key = int(last) if isinstance(place, list) else last
        if "was" in change:
            place[key] = change["was"]
        elif "length" in change:
            del place[key][change["length"]:]
        else:
            del place[key]
    return state


def record_fits(record):
    states = [record["state"]]
    for entry in reversed(record["history"][1:]):
        states.insert(0, undo(states[0], entry["before"]))
    previous = None
    for seq, (entry, state) in enumerate(zip(record["history"], states), 1):
        said = {name: entry[name] for name in ("seq", "by", "at", "action", "before")}
        said.update(collection=record["collection"], previous=previous, state=sha256(canonical(state)))
        if entry["seq"] != seq or sha256(canonical(said)) != entry["hash"]:
            return f"{record['collection']} {record['id']}, entry {seq}"
        previous = entry["hash"]
    return None if previous else f"{record['collection']} {record['id']}: no history"


def merkle_root(leaves):  # RFC 6962, 2.1
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + canonical(leaves[0]).encode()).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\1" + merkle_root(leaves[:half]) + merkle_root(leaves[half:])).digest()


def main(path, kept):
    faults, seals, leaves, hashes, previous = [], [], {}, {}, None
    with open(path, encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            kind = line.pop("kind")
            if kind == "seal":
                seals.append(line)
            elif kind == "leaves":
                leaves.setdefault(line["seal"], []).extend(line["leaves"])
            else:
                fault = record_fits(line)
                faults += [fault] if fault else []
                for entry in line["history"]:
                    hashes[line["collection"], line["id"], entry["seq"]] = entry["hash"]
    for number, seal in enumerate(seals, 1):
        content = {name: value for name, value in seal.items() if name != "hash"}
        mine = leaves.get(seal["number"], [])
        if seal["number"] != number or seal["previous"] != previous or sha256(canonical(content)) != seal["hash"]:
            faults.append(f"seal {number}: the chain of seals")
        if len(mine) != seal["leaves"] or merkle_root(mine).hex() != seal["root"]:
            faults.append(f"seal {number} of {seal['day']}: its leaves")
        for leaf in mine:
            if hashes.get((leaf["collection"], leaf["id"], leaf["seq"])) != leaf["hash"]:
                faults.append(f"seal {number} of {seal['day']}: {leaf['collection']} {leaf['id']}, entry {leaf['seq']}")
        previous = seal["hash"]
    known = {seal["hash"] for seal in seals}
    faults += [f"the seal that was kept, {one}, is not in the chain" for one in kept if one not in known]
    print(*(faults or [f"{len(hashes)} entries and {len(seals)} seals fit"]), sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
