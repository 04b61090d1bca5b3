using ExcelDataReader.Exceptions;

namespace Attractor.Data;

/// <summary>Workbooks of Excel: a sheet is a table.</summary>
internal sealed class ExcelFormat : TableFormat
{
    public override string Name => "excel";

    public override IReadOnlyList<string> Extensions { get; } = [".xlsx", ".xls"];

    public override bool Recognises(ReadOnlySpan<byte> head) => IsOld(head) || head.StartsWith("PK\u0003\u0004"u8);

    public override TableReader OpenTable(Stream file) => OpenTable(file, null);

    internal override TableReader OpenTable(Stream file, string? name)
    {
        try
        {
            return FileLimits.Guarded("the workbook", () => ExcelSheet.Read(file, name));
        }
        catch (InvalidDataException e) when (e.InnerException is InvalidPasswordException)
        {
            throw new InvalidDataException("the workbook is encrypted; save it without a password", e);
        }
    }

    /// <summary>Whether a file is a workbook of before 2007, by its first bytes.</summary>
    internal static bool IsOld(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]);
}
