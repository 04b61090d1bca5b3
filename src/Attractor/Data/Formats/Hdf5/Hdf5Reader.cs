using System.Numerics;
using PureHDF;
using PureHDF.VOL.Native;

namespace Attractor.Data;

/// <summary>Reads the arrays of numbers of an HDF5 file.</summary>
internal sealed class Hdf5Reader : IDisposable
{
    // Groups may hold each other.
    private const int DeepestGroup = 8, MostObjects = 10_000, FirstBlock = 512, MostAbsent = 10_000;

    private readonly FileBudget _budget;
    private readonly long _length;
    private readonly bool _isMatlab;
    private readonly NativeFile _file;

    public Hdf5Reader(Stream file)
    {
        _budget = FileBudget.Of(file);
        _length = file.Length;
        Span<byte> head = stackalloc byte[16];
        file.Position = 0;
        _isMatlab = Hdf5Format.IsMatlab(head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)]);
        RequireSuperblock(file);
        file.Position = 0;
        _file = Hdf5Driver.Open(new GuardedStream(file));
    }

    // It stands at byte 0, or after a block of the user's, whose length is 512 bytes or twice, four times, ... as much: what looks for it
    // at every block goes through the whole of a file that is none.
    private static void RequireSuperblock(Stream file)
    {
        Span<byte> found = stackalloc byte[Hdf5Format.Signature.Length];
        for (long at = 0; at + found.Length <= file.Length; at = at == 0 ? FirstBlock : 2 * at)
        {
            file.Position = at;
            file.ReadExactly(found);
            if (found.SequenceEqual(Hdf5Format.Signature))
                return;
        }
        throw new InvalidDataException("not an HDF5 file: it holds no superblock; fetch or write it again");
    }

    /// <summary>The arrays of numbers in the order of the file, and what else there is.</summary>
    public IReadOnlyList<ArchiveEntry> Entries() => [.. Arrays().Select(found => found.Entry)];

    /// <summary>Reads arrays, one of three dimensions as trials.</summary>
    /// <param name="names">Which.</param>
    /// <returns>Of each trial its values, row-major, and the number of columns.</returns>
    /// <exception cref="InvalidDataException">They have different columns, or are too large.</exception>
    public List<(double[] Values, int Columns)> Read(IReadOnlyList<string> names)
    {
        List<(double[] Values, int Columns)> trials = [];
        foreach ((ArchiveEntry entry, IH5Dataset dataset) in Arrays())
        {
            if (!names.Contains(entry.Name) || entry.Fault is not null)
                continue;
            string context = $"array '{Excerpt.Of(entry.Name.AsSpan())}'";
            IReadOnlyList<long> shape = entry.Shape;
            long columns = shape.Count == 1 ? 1 : shape[^1], rows = shape.Count == 1 ? shape[0] : shape[^2];
            long count = shape.Count == 3 ? shape[0] : 1;
            _budget.TakeValues(checked(count * rows), columns);
            // As they are stored, beside as float64; MATLAB's are turned.
            int beside = (dataset.Type.Size < sizeof(double) ? dataset.Type.Size : 0) + (_isMatlab ? sizeof(double) : 0);
            _budget.Take((Int128)count * rows * columns * beside);
            CheckChunks(dataset, context);
            double[] values = Decoded(dataset, context);
            if (values.Length != count * rows * columns)
                throw new InvalidDataException($"{context}: {values.Length} values, expected {string.Join(" x ", shape)}");
            if (_isMatlab)
                values = Transposed(values, (int)rows, (int)columns);
            if (trials.Count > 0 && trials[0].Columns != columns)
                throw new InvalidDataException($"{context}: {columns} variables, expected {trials[0].Columns} as in the first array");
            int length = checked((int)(rows * columns));
            for (int k = 0; k < count; k++)
                trials.Add((count == 1 ? values : values[(k * length)..((k + 1) * length)], (int)columns));
        }
        return trials.Count > 0 ? trials : throw new InvalidDataException("holds no array of numbers");
    }

    public void Dispose() => _file.Dispose();

    private List<(ArchiveEntry Entry, IH5Dataset Dataset)> Arrays()
    {
        List<(ArchiveEntry, IH5Dataset)> found = [];
        int left = MostObjects;
        Collect(_file, "", 0, [], found, ref left);
        return found;
    }

    // What several links lead to is there once, under the first name.
    private void Collect(
        IH5Group group, string path, int depth, HashSet<ulong> seen, List<(ArchiveEntry, IH5Dataset)> found, ref int left)
    {
        foreach (IH5Object child in group.Children())
        {
            if (--left < 0)
                return;
            if (child is NativeObject known and (IH5Dataset or IH5Group) && !seen.Add(Hdf5Driver.AddressOf(known)))
                continue;
            string name = path + child.Name;
            if (child is IH5Dataset dataset && Described(dataset, name) is { } entry)
                found.Add((entry, dataset));
            else if (child is IH5Group inner && depth < DeepestGroup && !IsInternal(child.Name))
                Collect(inner, name + "/", depth + 1, seen, found, ref left);
        }
    }

    // MATLAB keeps what cells refer to in groups of such names, pandas the indices of its tables.
    private bool IsInternal(string group)
        => (_isMatlab && group.StartsWith('#')) || group.StartsWith("_i_", StringComparison.Ordinal);

    private ArchiveEntry? Described(IH5Dataset dataset, string name)
    {
        long[] shape = dataset.Space.Type == H5DataspaceType.Simple ? [.. dataset.Space.Dimensions.Select(n => checked((long)n))] : [];
        if (dataset.Space.Type == H5DataspaceType.Null || shape.Contains(0))
            return null;
        if (_isMatlab)
        {
            if (!IsNumeric(dataset))
                return null;
            shape = [.. shape.Reverse()];
            // A row of numbers is a series as much as a column.
            if (shape is [1, > 1])
                shape = [shape[1], 1];
        }
        string? fault = Fault(dataset.Type);
        bool isOther = fault is not null;
        if (fault is null && shape.Length > (_isMatlab ? 2 : 3))
            (fault, isOther) = ($"an array of {string.Join(" x ", shape)}, expected rows of variables; reshape it", true);
        return new(name, shape) { Fault = fault, IsOther = isOther };
    }

    private static bool IsNumeric(IH5Dataset dataset)
    {
        if (dataset.AttributeExists("MATLAB_empty") || !dataset.AttributeExists("MATLAB_class"))
            return false;
        IH5Attribute kind = dataset.Attribute("MATLAB_class");
        return kind.Type.Class == H5DataTypeClass.String && kind.Type.Size <= 64 && kind.Space.Type == H5DataspaceType.Scalar
            && kind.Read<string>().TrimEnd('\0') is "double" or "single" or "logical" or "int8" or "int16" or "int32" or "int64"
                or "uint8" or "uint16" or "uint32" or "uint64";
    }

    private static string? Fault(IH5DataType type) => (type.Class, type.Size) switch
    {
        (H5DataTypeClass.FloatingPoint, 2 or 4 or 8) or (H5DataTypeClass.FixedPoint, 1 or 2 or 4 or 8) => null,
        (H5DataTypeClass.Enumerated, 1 or 2 or 4) => null,
        (H5DataTypeClass.Compound, _) => "records, such as complex numbers or a table of pandas; save an array of numbers",
        (H5DataTypeClass.String or H5DataTypeClass.VariableLength, _) => "text or lists of several lengths; save an array of numbers",
        _ => $"values of the type {type.Class} of {type.Size} bytes; save an array of numbers",
    };

    private double[] Decoded(IH5Dataset dataset, string context)
    {
        double[] values;
        try
        {
            values = Values(dataset);
        }
        catch (Exception e) when (e.Message.StartsWith("Byte order", StringComparison.Ordinal))
        {
            throw new InvalidDataException(
                $"{context}: its numbers have their bytes in the other order; write them little-endian, or name another array", e);
        }
        if (!_isMatlab)
            PackedValues.Unpack(dataset, values);
        return values;
    }

    private static double[] Values(IH5Dataset dataset)
    {
        IH5DataType type = dataset.Type.Class == H5DataTypeClass.Enumerated ? dataset.Type.Enumeration.BaseType : dataset.Type;
        if (type.Class == H5DataTypeClass.FloatingPoint)
            return type.Size switch
            {
                8 => dataset.Read<double[]>(),
                4 => Converted<float>(dataset),
                _ => Converted<Half>(dataset),
            };
        return (type.Size, type.FixedPoint.IsSigned) switch
        {
            (1, true) => Converted<sbyte>(dataset),
            (1, _) => Converted<byte>(dataset),
            (2, true) => Converted<short>(dataset),
            (2, _) => Converted<ushort>(dataset),
            (4, true) => Converted<int>(dataset),
            (4, _) => Converted<uint>(dataset),
            (_, true) => Converted<long>(dataset),
            _ => Converted<ulong>(dataset),
        };
    }

    private static double[] Converted<T>(IH5Dataset dataset) where T : unmanaged, INumberBase<T>
        => DoubleValues.Of<T>(dataset.Read<T[]>());

    // Parts of an array are unpacked as a whole.
    private void CheckChunks(IH5Dataset dataset, string context)
    {
        if (dataset.Layout.Class == H5DataLayoutClass.VirtualStorage)
            throw new InvalidDataException($"{context}: lies in other files; save it in one");
        if (dataset.Layout.Class != H5DataLayoutClass.Chunked)
            return;
        Int128 bytes = dataset.Type.Size, parts = 1;
        foreach ((ulong length, ulong whole) in dataset.Layout.Chunks.Zip(dataset.Space.Dimensions))
        {
            bytes = bytes > long.MaxValue ? bytes : bytes * length;
            parts = parts > long.MaxValue ? parts : parts * ((whole / Math.Max(1, length)) + 1);
        }
        _budget.Take(bytes);
        // Those that were never written are looked up all the same, one by one.
        if (parts > Math.Max(MostAbsent, _length))
            throw new InvalidDataException(
                $"{context}: damaged, or hardly written: {_length} bytes cannot hold its {parts} parts; write it again without the rest");
    }

    private static double[] Transposed(double[] values, int rows, int columns)
    {
        if (columns == 1)
            return values;
        double[] transposed = new double[values.Length];
        for (int n = 0; n < columns; n++)
            for (int t = 0; t < rows; t++)
                transposed[(t * columns) + n] = values[(n * rows) + t];
        return transposed;
    }
}
