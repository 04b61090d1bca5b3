using Attractor.Data;

namespace Attractor.Storage;

/// <summary>
/// Forbids changes of run folders and other files that are replaced as a whole, as long as somebody is not entitled to them.
/// </summary>
/// <remarks>It holds in the flow of control that raises it and in the threads that this one starts.</remarks>
public static class WriteFence
{
    /// <summary>Raises a fence.</summary>
    /// <param name="check">Called before each change of a file; what it throws is what the change fails with.</param>
    /// <returns>Disposed, it takes the fence down.</returns>
    public static IDisposable Raise(Action check)
    {
        ArgumentNullException.ThrowIfNull(check);
        Action<string, string>? before = FileSteps.Before;
        FileSteps.Before = (step, path) =>
        {
            before?.Invoke(step, path);
            check();
        };
        return new Fence(before);
    }

    private sealed class Fence(Action<string, string>? before) : IDisposable
    {
        public void Dispose() => FileSteps.Before = before;
    }
}
