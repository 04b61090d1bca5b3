using System.Runtime.CompilerServices;

namespace Attractor.Data;

/// <summary>What the library has of something, by name, and what was registered beside it; safe on all threads.</summary>
/// <param name="what">What an entry is, for a message: "an optimiser".</param>
/// <param name="name">The name of an entry.</param>
/// <param name="same">Whether an entry that comes again is the one that is there.</param>
/// <param name="own">The library's entries, in the order in which they are listed.</param>
internal sealed class NamedRegistry<T>(string what, Func<T, string> name, Func<T, T, bool> same, IReadOnlyList<T> own)
    where T : class
{
    private readonly Lock _lock = new();
    private T[] _all = [.. own];

    /// <summary>The library's, then the others in the order in which they came.</summary>
    public IReadOnlyList<T> All => Volatile.Read(ref _all);

    public IReadOnlyList<string> Names => [.. All.Select(name)];

    /// <summary>The entry of a name; null if there is none.</summary>
    public T? Find(string wanted) => All.FirstOrDefault(entry => name(entry) == wanted);

    /// <summary>Adds an entry. The same one again changes nothing.</summary>
    /// <param name="entry">What is added.</param>
    /// <param name="check">What else is asked of an entry beside those that are there.</param>
    /// <param name="parameter">What the caller calls it.</param>
    /// <exception cref="ArgumentException">There is another one of its name.</exception>
    public void Register(
        T entry, Action<T, IReadOnlyList<T>>? check = null, [CallerArgumentExpression(nameof(entry))] string? parameter = null)
    {
        lock (_lock)
        {
            if (Find(name(entry)) is { } found)
            {
                if (same(found, entry))
                    return;
                throw new ArgumentException($"There is {what} '{name(entry)}' already; give the new one another name.", parameter);
            }
            check?.Invoke(entry, _all);
            Volatile.Write(ref _all, [.. _all, entry]);
        }
    }
}
