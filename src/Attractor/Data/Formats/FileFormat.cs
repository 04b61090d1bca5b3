namespace Attractor.Data;

/// <summary>How numbers are written into a file.</summary>
internal enum FileFormat
{
    Npy,
    Npz,
    Csv,
    Tsv,
}
