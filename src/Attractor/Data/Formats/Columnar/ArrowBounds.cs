using System.Buffers.Binary;

namespace Attractor.Data;

/// <summary>Holds every size that an Arrow file states against its length, before it is read.</summary>
internal static class ArrowBounds
{
    private const int Lead = 8, LeastFooter = 8, BlockLength = 24, DeepestNesting = 16, MostFields = 1 << 18;

    // Of the footer, its schema, a field of that.
    private const int Schema = 1, Dictionaries = 2, Batches = 3, Fields = 1, Children = 5;

    // Of a message, and of the batch in it.
    private const int HeaderType = 1, Header = 2, BodyLength = 3, DictionaryBatch = 2, RecordBatch = 3, DictionaryData = 1;
    private const int Rows = 0, Nodes = 1, Buffers = 2, ViewCounts = 4, PairLength = 16;

    /// <returns>The rows of all batches.</returns>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static long Check(Stream file)
    {
        byte[] bytes = FileFooter.Read(file, "ARROW1"u8, Lead, Damaged);
        if (bytes.Length < LeastFooter)
            throw Damaged($"its footer of {bytes.Length} bytes does not fit into {file.Length}");
        FlatTable footer = FlatTable.Root(bytes);
        if (!footer.TryTable(Schema, out FlatTable schema))
            throw Damaged("it does not say its columns");
        int left = MostFields;
        CheckFields(schema, Fields, 0, ref left);
        long rows = 0;
        foreach (int kind in (int[])[Dictionaries, Batches])
        {
            (int start, int count) = footer.Vector(kind, BlockLength);
            rows = 0;
            for (int i = 0; i < count; i++)
            {
                int type = kind == Dictionaries ? DictionaryBatch : RecordBatch;
                FileLimits.RequireCount(rows += CheckBlock(file, bytes.AsSpan(start + (BlockLength * i), BlockLength), type), 1);
            }
        }
        file.Position = 0;
        return rows;
    }

    private static void CheckFields(FlatTable parent, int vector, int depth, ref int left)
    {
        (int start, int count) = parent.Vector(vector, 4);
        if (depth > DeepestNesting || (left -= count) < 0)
            throw Damaged($"its columns nest more than {DeepestNesting} deep, or are more than {MostFields}");
        for (int i = 0; i < count; i++)
            CheckFields(parent.At(start + (4 * i)), Children, depth + 1, ref left);
    }

    // A block is a message, with its length before it, and the values after it.
    private static long CheckBlock(Stream file, ReadOnlySpan<byte> block, int type)
    {
        long offset = BinaryPrimitives.ReadInt64LittleEndian(block), body = BinaryPrimitives.ReadInt64LittleEndian(block[16..]);
        long message = BinaryPrimitives.ReadInt32LittleEndian(block[8..]);
        if (offset < 0 || message < 8 || body < 0 || offset > file.Length - message || body > file.Length - message - offset)
            throw Damaged($"a part of {message} and {body} bytes at byte {offset} of {file.Length}");
        Span<byte> start = stackalloc byte[8];
        file.Position = offset;
        file.ReadExactly(start);
        int length = BinaryPrimitives.ReadInt32LittleEndian(start);
        bool isMarked = length == -1;
        if (isMarked)
            length = BinaryPrimitives.ReadInt32LittleEndian(start[4..]);
        if (length < 4 || length > message)
            throw Damaged($"a message of {length} bytes in a part of {message}");
        byte[] bytes = new byte[length];
        file.Position = offset + (isMarked ? 8 : 4);
        file.ReadExactly(bytes);
        return CheckMessage(FlatTable.Root(bytes), body, type);
    }

    // The lists of a batch take memory before anything of it is read. Returns its rows.
    private static long CheckMessage(FlatTable message, long body, int type)
    {
        if (message.Int64(BodyLength) != body || !message.TryTable(Header, out FlatTable batch))
            throw Damaged("a message that does not say what it holds");
        // Behind a message of another kind the library reads on, wherever that is.
        if (message.Byte(HeaderType) != type)
            throw Damaged("a part is not what its footer says");
        if (type == DictionaryBatch && !batch.TryTable(DictionaryData, out batch))
            throw Damaged("a dictionary without values");
        (_, int nodes) = batch.Vector(Nodes, PairLength);
        (_, int buffers) = batch.Vector(Buffers, PairLength);
        (int start, int views) = batch.Vector(ViewCounts, sizeof(long));
        long inViews = 0;
        for (int i = 0; i < views; i++)
        {
            long count = batch.Int64At(start + (i * sizeof(long)));
            if (count < 0 || count > buffers || (inViews += count) > buffers)
                throw Damaged($"a column of {count} parts where there are {buffers}");
        }
        if (nodes > MostFields)
            throw Damaged($"a batch of {nodes} columns");
        return Math.Max(0, batch.Int64(Rows));
    }

    private static InvalidDataException Damaged(string what) => new($"the Arrow file is damaged: {what}");
}
