namespace Attractor.Data;

/// <summary>What lies at a path.</summary>
internal enum PathKind
{
    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>A regular file.</summary>
    File,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A pipe or a socket: it can be read once, from its start to its end.</summary>
    Pipe,

    /// <summary>A device.</summary>
    Device,
}
