"""Writes the HDF5, MATLAB and Excel files of Fixtures with h5py, scipy, pandas, openpyxl and xlwt: python3 foreign_fixtures.py FOLDER"""
import datetime
import sys

import h5py
import numpy as np
import openpyxl
import scipy.io

folder = sys.argv[1]
t = np.arange(40)
x, y, n = ((t * 37) % 41) / 8 - 2.5, t * t / 16, (t * 11) % 17 - 3
data = np.stack([x, y, n], axis=1)

# One array, in every packing that h5py has.
for name, options in {
    "contiguous": {}, "chunked": dict(chunks=(16, 2)), "deflate": dict(chunks=(16, 3), compression="gzip", shuffle=True, fletcher32=True),
}.items():
    with h5py.File(f"{folder}/{name}.h5", "w") as file:
        file.create_dataset("x", data=data, **options)
with h5py.File(f"{folder}/latest.h5", "w", libver="latest") as file:
    file.create_dataset("x", data=data, chunks=(8, 3), maxshape=(None, 3), compression="gzip")

# Groups, types, what is no number, trials.
with h5py.File(f"{folder}/groups.h5", "w") as file:
    file["run/one/x"] = data.astype("f4")
    file["run/two/counts"] = data[:, 2].astype("i2")
    file["run/two/big"] = data[:, 2].astype(">i4")
    file["run/two/half"] = data[:, :2].astype("f2")
    file["run/two/on"] = (t % 2 == 0)
    file["trials"] = np.stack([data, data + 1])
    file["words"] = np.array(["a", "b"], dtype=h5py.string_dtype())
    file["records"] = np.zeros(3, dtype=[("a", "f8"), ("b", "i4")])
    file["rate"] = 250.0
    file["complex"] = data[:, 0].astype("c16")
    file["gone"] = h5py.SoftLink("/nowhere")

# Links to what is there once, the attributes of the CF conventions, the indices that a table of pandas brings with it.
with h5py.File(f"{folder}/links.h5", "w") as file:
    file["data/x"] = data
    file["alias"] = h5py.SoftLink("/data/x")
    file["again"] = file["data/x"]
    file["same"] = h5py.SoftLink("/data")
with h5py.File(f"{folder}/packed.nc", "w") as file:
    for name, stored, missing in [("warm", (t * 37) % 41, -1), ("cold", (t * 11) % 17, -32768)]:
        stored = stored.astype("i2")
        stored[7] = missing
        packed = file.create_dataset(name, data=stored)
        packed.attrs.update({"scale_factor": 0.5, "add_offset": np.float32(20), "_FillValue": np.int16(missing)})
with h5py.File(f"{folder}/frame.h5", "w") as file:
    file["frame/table"] = np.zeros(40, dtype=[("index", "i8"), ("values", "f8", (3,))])
    for name in ["bounds", "sorted"]:
        file[f"frame/_i_table/index/{name}"] = np.zeros((4, 16))

# MATLAB: version 7.3 keeps arrays transposed, behind 512 bytes of its own.
with h5py.File(f"{folder}/v73.mat", "w", userblock_size=512) as file:
    for name, value, kind in [("x", data, b"double"), ("dt", np.array([[0.5]]), b"double")]:
        file.create_dataset(name, data=value.T).attrs["MATLAB_class"] = np.bytes_(kind)
    words = file.create_dataset("note", data=np.array([[104, 105]], dtype="u2").T)
    words.attrs["MATLAB_class"] = np.bytes_(b"char")
    words.attrs["MATLAB_int_decode"] = np.int32(2)
    file.create_group("#refs#")["a"] = np.zeros((4, 4))
with open(f"{folder}/v73.mat", "r+b") as file:
    file.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64, Created on: Sat Mar 30 22:00:00 2024 HDF5 schema 1.00 .".ljust(124) + b"\0\2IM")
scipy.io.savemat(f"{folder}/v5.mat", {"x": data}, do_compression=True)
cells = np.empty(2, dtype=object)
cells[:] = [data, data]
scipy.io.savemat(f"{folder}/cells.mat", {"trials": cells, "note": "two"}, do_compression=True)
scipy.io.savemat(f"{folder}/structure.mat", {"recording": {"x": data, "fs": 2.0}}, do_compression=True)

# Excel: a sheet with dates, gaps and words, and a second one.
start = datetime.datetime(2024, 3, 30, 22)
book = openpyxl.Workbook()
sheet = book.active
sheet.title = "weather"
sheet.append(["when", "x", "y", "n", "on", "word"])
for i in t:
    sheet.append([
        start + datetime.timedelta(minutes=15 * int(i)), None if i == 7 else float(x[i]), float(y[i]), int(n[i]), bool(i % 2 == 0),
        None if i % 3 == 0 else f"w\u00f6rd {i % 5}"])
other = book.create_sheet("bare")
for i in t:
    other.append([float(x[i]), float(y[i])])
wrong = book.create_sheet("wrong")
wrong.append(["a", "b"])
wrong.append([1, 2])
wrong.append([3, "four"])
book.create_sheet("empty")
book.save(f"{folder}/sheets.xlsx")

# A page of words, a title above and a blank column before the table, names in two rows of which some are merged.
book = openpyxl.Workbook()
book.active.title = "about"
sheet = book.create_sheet("titled")
sheet["B2"] = "Experiment 7"
for c, name in enumerate(["t", "x", "y"]):
    sheet.cell(4, 2 + c, name)
    for i in t:
        sheet.cell(5 + int(i), 2 + c, float([0.5 * t, x, y][c][i]))
sheet = book.create_sheet("merged")
sheet.append(["t", "position", None])
sheet.merge_cells("B1:C1")
sheet.append(["s", "x", "y"])
for i in t:
    sheet.append([0.5 * float(i), float(x[i]), float(y[i])])
book.save(f"{folder}/titled.xlsx")

import xlwt

book = xlwt.Workbook()
sheet = book.add_sheet("weather")
style = xlwt.easyxf(num_format_str="YYYY-MM-DD HH:MM:SS")
for c, name in enumerate(["when", "x", "y", "n"]):
    sheet.write(0, c, name)
for i in t:
    sheet.write(int(i) + 1, 0, start + datetime.timedelta(minutes=15 * int(i)), style)
    for c, value in enumerate([x[i], y[i], n[i]]):
        sheet.write(int(i) + 1, c + 1, float(value))
book.save(f"{folder}/sheet.xls")

# EDF+ and BDF+, after their specification, as no library for them is packaged here: mne reads them as the tests expect.
def edf(path, signals, records, duration, kind, bdf=False, onsets=None):
    """signals: (label, samples per record, physical minimum and maximum, digital minimum and maximum, digits or None for annotations)"""
    size = 3 if bdf else 2
    def text(value, length):
        return str(value).encode("latin1").ljust(length)[:length]
    head = (b"\xffBIOSEMI" if bdf else text(0, 8)) + text("X X X X", 80) + text("Startdate 30-MAR-2024 X X X", 80) + text("30.03.24", 8)
    head += text("22.00.00", 8) + text(256 * (len(signals) + 1), 8) + text(kind, 44) + text(records, 8) + text(duration, 8)
    head += text(len(signals), 4)
    for column, length in [(0, 16), (None, 80), ("uV", 8), (2, 8), (3, 8), (4, 8), (5, 8), (None, 80), (1, 8), (None, 32)]:
        for signal in signals:
            head += text("" if column is None else column if column == "uV" else signal[column], length)
    body = b""
    for r in range(records):
        for label, samples, _, _, _, _, digits in signals:
            if digits is None:
                onset = r * duration if onsets is None else onsets[r]
                body += f"+{onset:g}\x14\x14\0".encode().ljust(samples * size, b"\0")
            else:
                for d in digits[r * samples:(r + 1) * samples]:
                    body += int(d).to_bytes(size, "little", signed=True)
    with open(path, "wb") as file:
        file.write(head + body)

notes = (f"EDF Annotations", 30, -1, 1, -32768, 32767, None)
edf(f"{folder}/eeg.edf", [
    ("Fp1", 20, -500, 1500, -1000, 1000, t * 37 % 41 - 20), ("ECG", 40, -1, 1, -100, 100, np.arange(80) % 101 - 50),
    ("Fp2", 20, -32768, 32767, -32768, 32767, t * t - 700), notes], 2, 0.25, "EDF+C")
edf(f"{folder}/gap.edf", [("x", 10, -32768, 32767, -32768, 32767, t), notes], 4, 1, "EDF+D", onsets=[0, 1, 5, 6])
edf(f"{folder}/eeg.bdf", [
    ("A1", 20, -8388608, 8388607, -8388608, 8388607, t * 100_000 - 2_000_000), ("A2", 20, -262144, 262143, -8388608, 8388607, -t)],
    2, 1, "24BIT", bdf=True)

# One recording in every format: an orbit of Lorenz' equations in four decimals, which text holds exactly.
def slope(s):
    return np.array([10 * (s[1] - s[0]), s[0] * (28 - s[2]) - s[1], s[0] * s[1] - 8 / 3 * s[2]])

orbit, state = [], np.array([1.0, 2.0, 20.0])
for _ in range(150):
    orbit.append(state)
    for _ in range(10):
        a = slope(state)
        b = slope(state + 0.0025 * a)
        c = slope(state + 0.0025 * b)
        state = state + 0.005 / 6 * (a + 2 * b + 2 * c + slope(state + 0.005 * c))
orbit = np.round(np.array(orbit), 4)
names = ["x1", "x2", "x3"]
whens = [start + datetime.timedelta(milliseconds=50 * i) for i in range(len(orbit))]
np.save(f"{folder}/orbit.npy", orbit)
np.savez(f"{folder}/orbit.npz", orbit)
with h5py.File(f"{folder}/orbit.h5", "w") as file:
    file.create_dataset("run/orbit", data=orbit, compression="gzip")
with h5py.File(f"{folder}/orbit73.mat", "w", userblock_size=512) as file:
    file.create_dataset("orbit", data=orbit.T).attrs["MATLAB_class"] = np.bytes_(b"double")
with open(f"{folder}/orbit73.mat", "r+b") as file:
    file.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64, Created on: Sat Mar 30 22:00:00 2024 HDF5 schema 1.00 .".ljust(124) + b"\0\2IM")
scipy.io.savemat(f"{folder}/orbit5.mat", {"orbit": orbit}, do_compression=True)
with open(f"{folder}/orbit.csv", "w") as file, open(f"{folder}/orbit_comma.csv", "w") as comma, open(f"{folder}/orbit_trials.csv", "w") as trials:
    file.write("when," + ",".join(names) + "\n")
    comma.write(";".join(names) + "\n")
    trials.write("who," + ",".join(names) + "\n")
    for when, row in zip(whens, orbit):
        cells = [repr(float(value)) for value in row]
        file.write(when.isoformat(timespec="milliseconds") + "," + ",".join(cells) + "\n")
        comma.write(";".join(cell.replace(".", ",") for cell in cells) + "\n")
        trials.write("ann," + ",".join(cells) + "\n")
book = openpyxl.Workbook()
book.active.append(["when", *names])
for when, row in zip(whens, orbit):
    book.active.append([when, *map(float, row)])
book.save(f"{folder}/orbit.xlsx")
digits = np.round(orbit * 100).astype(int)
np.save(f"{folder}/orbit_digits.npy", digits.astype(float))
edf(f"{folder}/orbit.edf", [(n, 30, -32768, 32767, -32768, 32767, digits[:, i]) for i, n in enumerate(names)] + [notes], 5, 1.5, "EDF+C")
