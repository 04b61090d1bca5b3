using System.Runtime.CompilerServices;
using Attractor.Data;

namespace Attractor.Runs;

/// <summary>What a training learns from, of whatever kind.</summary>
public abstract record TrainingData : IDisposable
{
    private static readonly ConditionalWeakTable<TrainingData, string[]> s_fingerprints = [];

    /// <summary>The names of the variables, in the order in which they are learnt; null where they have none.</summary>
    public virtual IReadOnlyList<string>? Variables => null;

    /// <summary>What was understood of the file they come from; null where that was no question.</summary>
    public virtual DataReading? Understood => null;

    /// <summary>What tells these data from all others, for a run that goes on with them; null where a kind does not say.</summary>
    internal string? Fingerprint => s_fingerprints.GetValue(this, data =>
    {
        using ValueHash hash = new();
        return data.AddTo(hash) ? [hash.ToText()] : [];
    }).FirstOrDefault();

    /// <summary>Adds every value that the training depends on.</summary>
    /// <returns>Whether these are all; false for data that may change without notice.</returns>
    protected virtual bool AddTo(ValueHash hash) => false;

    /// <summary>Lets go of what is kept on disk.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose()"/>
    protected virtual void Dispose(bool disposing)
    {
    }
}
