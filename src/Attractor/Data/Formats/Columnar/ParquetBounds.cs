using Parquet.Meta;

namespace Attractor.Data;

/// <summary>Holds every size that a Parquet file states against its length, before it is read.</summary>
internal static class ParquetBounds
{
    private const int Lead = 4, LongestPageHeader = 1 << 20, MostGroups = 1 << 20;

    // The numbers of a page header by the path of their fields: sizes of the page, and values in a page of data, of a dictionary, and of
    // data in the second version, with the bytes of its levels.
    private const long Kind = 1, Unpacked = 2, Packed = 3, Values = 501, Encoding = 502, Definitions = 503, DictionaryValues = 701,
        DictionaryEncoding = 702;
    private const long Values2 = 801, Encoding2 = 804, Definitions2 = 805, Repetitions2 = 806, IsPacked2 = 807;

    /// <summary>That the part which says what the file holds is there, and in order.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public static void CheckFooter(Stream file)
    {
        if (FileFooter.EndsWith(file, "PARE"u8))
            throw new InvalidDataException("the Parquet file is encrypted; write it without a key");
        byte[] footer = FileFooter.Read(file, "PAR1"u8, Lead, Damaged);
        if (!new ThriftScan(footer).TryStruct(ParquetLayout.FitsFooter))
            throw Damaged("its footer is cut off, or out of order");
        file.Position = 0;
    }

    /// <summary>That the rows and the packed columns of all groups are within bounds.</summary>
    /// <returns>The rows of all groups.</returns>
    /// <exception cref="InvalidDataException">They are not.</exception>
    public static long CheckGroups(FileMetaData metadata, int columns)
    {
        if (metadata.RowGroups.Count > MostGroups)
            throw Damaged($"it has {metadata.RowGroups.Count} groups of rows");
        long rows = 0;
        foreach (RowGroup group in metadata.RowGroups)
        {
            FileLimits.RequireCount(group.NumRows, columns);
            FileLimits.RequireCount(rows += group.NumRows, columns);
        }
        return rows;
    }

    /// <summary>The pages of a column within a group: that they hold what the file says, and no more.</summary>
    /// <exception cref="InvalidDataException">They do not.</exception>
    public static IReadOnlyList<ParquetPage> Pages(ColumnChunk chunk, long rows, Stream file)
    {
        if (chunk.MetaData is not { } column || chunk.CryptoMetadata is not null || chunk.EncryptedColumnMetadata is not null)
            throw new InvalidDataException("a column of the Parquet file is encrypted; write it without a key");
        if (chunk.FilePath is not null)
            throw new InvalidDataException("the Parquet file points to another file; read that one");
        long start = column.DictionaryPageOffset is > 0 and { } dictionary
            ? Math.Min(dictionary, column.DataPageOffset)
            : column.DataPageOffset;
        if (start < 4 || column.TotalCompressedSize < 0 || start > file.Length - column.TotalCompressedSize || column.NumValues != rows)
            throw Damaged(
                $"a column of {column.TotalCompressedSize} bytes from byte {start} with {column.NumValues} values for {rows} rows");
        long length = FileLimits.LengthOf(file), position = start, values = 0;
        FileLimits.RequireBytes(column.TotalUncompressedSize, length);
        Int128 unpacked = 0;
        Dictionary<long, long> page = [];
        List<ParquetPage> pages = [];
        while (values < rows)
        {
            int header = Header(file, position, page);
            long size = page.GetValueOrDefault(Unpacked), packed = page.GetValueOrDefault(Packed, -1),
                found = page.GetValueOrDefault(Values) + page.GetValueOrDefault(Values2),
                entries = page.GetValueOrDefault(DictionaryValues);
            if (size < 0 || packed < 0 || found < 0 || entries < 0 || found > rows - values || position > file.Length - header - packed
                || entries > 8 * size || size > int.MaxValue / 2 || packed > int.MaxValue / 2)
                throw Damaged($"a page of {packed} bytes and {found} values at byte {position}");
            unpacked += size + (8 * entries);
            FileLimits.RequireBytes(unpacked, length);
            if (column.Codec == CompressionCodec.SNAPPY && packed > 0 && page.GetValueOrDefault(IsPacked2, 1) != 0)
                CheckSnappy(
                    file, position + header + page.GetValueOrDefault(Definitions2) + page.GetValueOrDefault(Repetitions2),
                    size - page.GetValueOrDefault(Definitions2) - page.GetValueOrDefault(Repetitions2));
            pages.Add(Of(page, position + header));
            values += found;
            position += header + packed;
        }
        return pages;
    }

    private static ParquetPage Of(Dictionary<long, long> page, long position)
    {
        int kind = (int)page.GetValueOrDefault(Kind), packed = (int)page[Packed], unpacked = (int)page.GetValueOrDefault(Unpacked);
        long levels = page.GetValueOrDefault(Definitions2);
        bool isOther = page.GetValueOrDefault(Repetitions2) != 0 || levels < 0 || levels > Math.Min(packed, unpacked)
            || (kind == ParquetPage.Data && page.GetValueOrDefault(Definitions, ParquetPage.RunLengths) != ParquetPage.RunLengths);
        (long values, long encoding) = kind switch
        {
            ParquetPage.Dictionary => (DictionaryValues, DictionaryEncoding),
            ParquetPage.Data2 => (Values2, Encoding2),
            _ => (Values, Encoding),
        };
        int written = (int)Math.Clamp(page.GetValueOrDefault(encoding), 0, int.MaxValue);
        // As the first version of the format called it.
        if (kind == ParquetPage.Dictionary && written == ParquetPage.PlainDictionary)
            written = ParquetPage.Plain;
        return new(
            kind, position, packed, unpacked, (int)Math.Min(page.GetValueOrDefault(values), int.MaxValue), written,
            isOther ? -1 : (int)levels, page.GetValueOrDefault(IsPacked2, 1) != 0);
    }

    // Packed by Snappy, contents say their length once more.
    private static void CheckSnappy(Stream file, long position, long expected)
    {
        if (position < 0 || position >= file.Length)
            throw Damaged("a page lies outside of it");
        file.Position = position;
        long length = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            int next = file.ReadByte();
            length |= (long)(next & 127) << shift;
            if (next < 128)
                break;
        }
        if (length > expected)
            throw Damaged($"a page of {expected} bytes unpacks to {length}");
    }

    private static int Header(Stream file, long position, Dictionary<long, long> numbers)
    {
        for (int length = 1024; ; length *= 16)
        {
            byte[] bytes = new byte[Math.Clamp(file.Length - position, 0, length)];
            file.Position = position;
            file.ReadExactly(bytes);
            numbers.Clear();
            ThriftScan scan = new(bytes);
            if (scan.TryStruct(ParquetLayout.FitsPage, (path, value) => numbers[path] = value))
                return scan.Position;
            if (bytes.Length < length || length >= LongestPageHeader)
                throw Damaged($"there is no page at byte {position}");
        }
    }

    private static InvalidDataException Damaged(string what) => new($"the Parquet file is damaged: {what}");
}
