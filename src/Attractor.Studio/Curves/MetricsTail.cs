using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Attractor.Studio.Curves;

/// <summary>The numbers of a run's <c>metrics.jsonl</c> over its updates: each look reads only what was appended since the last.</summary>
/// <param name="path">The file.</param>
internal sealed class MetricsTail(string path)
{
    private const int Block = 1 << 20, Longest = 1 << 16, MostCurves = 16, MostNumbers = 32, Remembered = 256, LongestKey = 40;
    private const int Nothing = -1, Update = -2;

    // What counts or times lines is no curve of its own.
    private static readonly string[] s_axes = ["update", "epoch", "sweep", "restart", "seconds", "epoch_seconds"];

    private readonly List<(string Key, ExtremesCurve Curve)> _curves = [];
    private LineTemplate? _template;
    private byte[] _end = [];
    private long _position;

    /// <summary>The curves, by key.</summary>
    public IReadOnlyList<(string Key, ExtremesCurve Curve)> Curves => _curves;

    /// <summary>Whole lines that were read.</summary>
    public long Lines { get; private set; }

    /// <summary>Bytes that were read by all looks.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Reads what is new.</summary>
    /// <returns>Whether there was anything.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Read()
    {
        FileInfo file = new(path);
        if (!file.Exists || file.LinkTarget is not null)
            return Forget();
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        bool begunAnew = !IsContinued(stream) && Forget();
        if (stream.Length == _position)
            return begunAnew;
        stream.Position = _position;
        byte[] block = new byte[Block];
        int kept = 0;
        bool any = begunAnew;
        for (int count; (count = stream.Read(block, kept, block.Length - kept)) > 0;)
        {
            BytesRead += count;
            ReadOnlySpan<byte> left = block.AsSpan(0, kept + count);
            for (int end; (end = left.IndexOf((byte)'\n')) >= 0; left = left[(end + 1)..])
            {
                if (end <= Longest)
                    AddLine(left[..end]);
                any = true;
                Remember(left[..(end + 1)]);
            }
            if (left.Length == block.Length)
                break;
            left.CopyTo(block);
            kept = left.Length;
        }
        return any;
    }

    // A run that goes on cuts the file to its checkpoint, and another run replaces it.
    private bool IsContinued(FileStream stream)
    {
        if (stream.Length < _position)
            return false;
        byte[] there = new byte[_end.Length];
        stream.Position = _position - _end.Length;
        stream.ReadExactly(there);
        BytesRead += there.Length;
        return there.AsSpan().SequenceEqual(_end);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Remember(ReadOnlySpan<byte> line)
    {
        _position += line.Length;
        ReadOnlySpan<byte> end = line.Length > Remembered ? line[^Remembered..] : line;
        if (_end.Length != end.Length)
            _end = new byte[end.Length];
        end.CopyTo(_end);
    }

    private bool Forget()
    {
        bool any = _position > 0;
        (_position, _end, Lines, _template) = (0, [], 0, null);
        _curves.Clear();
        return any;
    }

    // A million lines are over before the runtime would think of compiling this well.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddLine(ReadOnlySpan<byte> line)
    {
        Span<double> values = stackalloc double[MostCurves];
        values.Fill(double.NegativeInfinity);
        double update = Lines;
        if (!IsLikeTheLast(line, ref update, values) && !IsRead(line, ref update, values))
            return;
        Lines++;
        for (int i = 0; i < _curves.Count; i++)
            if (!double.IsNegativeInfinity(values[i]))
                _curves[i].Curve.Add(update, values[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool IsLikeTheLast(ReadOnlySpan<byte> line, ref double update, Span<double> values)
    {
        Span<double> numbers = stackalloc double[MostNumbers];
        if (_template is not { } template || !template.TryRead(line, numbers))
            return false;
        for (int i = 0; i < template.Count; i++)
            if (template.TargetOf(i) == Update)
                update = numbers[i];
            else if (template.TargetOf(i) >= 0)
                values[template.TargetOf(i)] = numbers[i];
        return true;
    }

    private bool IsRead(ReadOnlySpan<byte> line, ref double update, Span<double> values)
    {
        LineTemplate? template = new();
        _template = null;
        try
        {
            Utf8JsonReader json = new(line);
            int target = Nothing;
            while (json.Read())
                if (json.TokenType == JsonTokenType.PropertyName && json.CurrentDepth == 1)
                {
                    // The path of a readout is no curve over updates.
                    if (json.ValueTextEquals("ridge"u8))
                        return false;
                    target = json.ValueTextEquals("update"u8) ? Update : KeyOf(ref json);
                }
                else if (json.TokenType == JsonTokenType.Number && json.CurrentDepth == 1)
                {
                    if (target == Update)
                        update = json.GetDouble();
                    else if (target >= 0)
                        values[target] = json.GetDouble();
                    if (template is { Count: < MostNumbers })
                        template.Add(line, (int)json.TokenStartIndex, json.ValueSpan.Length, target);
                    else
                        template = null;
                }
                else if (json.TokenType == JsonTokenType.String && target >= 0)
                {
                    // A value that is none is written as a word, which the next line need not have.
                    values[target] = double.NaN;
                    template = null;
                }
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return false;
        }
        template?.Close(line);
        _template = template;
        return true;
    }

    private int KeyOf(ref Utf8JsonReader json)
    {
        for (int i = 0; i < _curves.Count; i++)
            if (json.ValueTextEquals(_curves[i].Key))
                return i;
        foreach (string axis in s_axes)
            if (json.ValueTextEquals(axis))
                return Nothing;
        string name = json.GetString()!;
        if (_curves.Count == MostCurves || name.Length > LongestKey || name is "reason" or "converged")
            return Nothing;
        _curves.Add((name, new()));
        return _curves.Count - 1;
    }
}
