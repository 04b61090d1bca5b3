namespace Attractor.Data;

/// <summary>A page of a column, as its header states it.</summary>
/// <param name="Kind">0 for data, 2 for a dictionary, 3 for data in the second version.</param>
/// <param name="Position">Where in the file its contents begin.</param>
/// <param name="Packed">Bytes of these.</param>
/// <param name="Unpacked">Bytes that they unpack to.</param>
/// <param name="Values">Values, missing ones among them.</param>
/// <param name="Encoding">How values are written.</param>
/// <param name="Levels">Bytes at the front, not packed, that say which are missing, of the second version; -1 in another form.</param>
/// <param name="IsPacked">Whether the rest is packed.</param>
internal readonly record struct ParquetPage(
    int Kind, long Position, int Packed, int Unpacked, int Values, int Encoding, int Levels, bool IsPacked)
{
    public const int Data = 0, Dictionary = 2, Data2 = 3;

    public const int Plain = 0, PlainDictionary = 2, RunLengths = 3, DictionaryIndices = 8, SplitBytes = 9;
}
