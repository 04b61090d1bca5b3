namespace Attractor.Storage;

/// <summary>The type of the numbers of an export.</summary>
public enum ExportPrecision
{
    /// <summary>64 bits, as in this library.</summary>
    Double,

    /// <summary>32 bits, for small processors and most runtimes of networks.</summary>
    Single,
}
