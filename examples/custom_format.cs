#!/usr/bin/env dotnet
#:property AssemblyName=custom-format
#:project ../src/Attractor

// A format of data files of one's own: a recording of named channels at a sampling rate, in binary. Registered, it is read as a series, by
// the names of its columns, and written, here and, as a public class in a library that ATTRACTOR_PACKAGES names, by the command:
// attractor train shplrnn data.rec -o RUN.
// usage: dotnet run examples/custom_format.cs

using System.Buffers.Binary;
using System.Text;
using Attractor;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Systems;

SeriesFormat.Register(new RecordingFormat());

string file = Path.Combine(Path.GetTempPath(), $"custom-format-{Environment.ProcessId}.rec");
TimeSeries orbit = Lorenz63.Default.Simulate(steps: 20_000, dt: 0.01);
SeriesFile.Write(file, orbit, float32: true);

// The time step and the names are those of the file.
TimeSeries data = SeriesFile.Read(file);
Table third = TableFile.Read(file, [new(orbit.Names[2], ColumnKind.Real)]);
Console.WriteLine($"{data.Length} rows of {string.Join(", ", data.Names)}, {1 / data.Dt:F0} a second; {third.Columns[0].Name} alone too");
bool same = data.Names.SequenceEqual(orbit.Names) && data.Dt == orbit.Dt
    && third.Values.Column(0).SequenceEqual(orbit.Column(2).Select(x => (double)(float)x));

// What somebody cut off is refused in one line, before memory is taken for it.
using (FileStream cut = File.OpenWrite(file))
    cut.SetLength(cut.Length / 2);
string refusal = "";
try
{
    SeriesFile.Read(file);
}
catch (InvalidDataException e)
{
    refusal = e.Message;
}
Console.WriteLine(refusal);
File.Delete(file);

ShallowPlrnn network = new(observed: 3, latent: 3, hidden: 50, seed: 1);
TrainingResult result = Training.Fit(network, data.Standardize(), new TrainingOptions { Updates = 500, Seed = 1 });
Console.WriteLine($"loss from {result.Losses[0].Loss:F4} to {result.Losses[^1].Loss:F4} in {result.State.Update} updates");
return same && refusal.Contains("truncated", StringComparison.Ordinal) && result.Losses[^1].Loss < result.Losses[0].Loss ? 0 : 1;

/// <summary>
/// "RECORD1\n", the number of channels N (int32) and of rows T (int64), rows a second (float64), of each channel the bytes of its name
/// (int32) and these (UTF-8), then T x N values (float32), row by row. All numbers are little-endian.
/// </summary>
public sealed class RecordingFormat : TableFormat
{
    public override string Name => "recording";

    public override IReadOnlyList<string> Extensions { get; } = [".rec"];

    public override bool CanWrite => true;

    internal static ReadOnlySpan<byte> Magic => "RECORD1\n"u8;

    public override bool Recognises(ReadOnlySpan<byte> head) => head.StartsWith(Magic);

    public override TableReader OpenTable(Stream file) => new Recording(file);

    public override void Write(Stream file, IReadOnlyList<TimeSeries> trials, bool float32)
    {
        TimeSeries series = trials[0];
        using BinaryWriter writer = new(file, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(series.Dimension);
        writer.Write((long)series.Length);
        writer.Write(1 / series.Dt);
        foreach (string name in series.Names)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(name);
            writer.Write(bytes.Length);
            writer.Write(bytes);
        }
        foreach (double value in series.Values)
            writer.Write((float)value);
    }
}

internal sealed class Recording : TableReader
{
    private const int LongestName = 1000;

    private readonly Stream _file;
    private readonly byte[] _row;
    private readonly long _rows;

    public Recording(Stream file)
    {
        _file = file;
        using BinaryReader reader = new(file, Encoding.UTF8, leaveOpen: true);
        if (!reader.ReadBytes(RecordingFormat.Magic.Length).AsSpan().SequenceEqual(RecordingFormat.Magic))
            throw new InvalidDataException("not a recording: expected it to begin with RECORD1");
        int channels = reader.ReadInt32();
        _rows = reader.ReadInt64();
        double rate = reader.ReadDouble();
        if (channels is < 1 or > MostColumns || !(rate > 0) || !double.IsFinite(rate))
            throw new InvalidDataException($"{channels} channels at {rate} rows a second, expected 1 to {MostColumns} at a positive rate");
        TimeStep = 1 / rate;
        List<string> names = [];
        while (names.Count < channels)
        {
            int length = reader.ReadInt32();
            if (length is < 0 or > LongestName)
                throw new InvalidDataException($"the name of channel {names.Count + 1} has {length} bytes, expected 0 to {LongestName}");
            names.Add(Encoding.UTF8.GetString(reader.ReadBytes(length)));
        }
        Names = names;
        long rest = file.Length - file.Position;
        if ((Int128)_rows * channels * sizeof(float) != rest)
            throw new InvalidDataException(
                $"truncated or damaged: {_rows} rows of {channels} channels need "
                + $"{(Int128)_rows * channels * sizeof(float)} bytes, found {rest}");
        _row = new byte[channels * sizeof(float)];
    }

    public override IReadOnlyList<string> Names { get; }

    public override long? Rows => _rows;

    public override double? TimeStep { get; }

    public override bool IsText(int column) => false;

    public override double Number(int column) => BinaryPrimitives.ReadSingleLittleEndian(_row.AsSpan(column * sizeof(float)));

    protected override bool Advance()
    {
        if (Row + 1 >= _rows)
            return false;
        _file.ReadExactly(_row);
        return true;
    }
}
