namespace Attractor.Storage;

/// <summary>Another process works in the folder of a run.</summary>
/// <param name="path">The folder.</param>
public sealed class RunInUseException(string path)
    : IOException($"{path} is in use by another process: wait for it, or name another folder.");
