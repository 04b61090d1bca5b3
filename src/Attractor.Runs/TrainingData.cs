using Attractor.Data;

namespace Attractor.Runs;

/// <summary>What a training learns from, of whatever kind.</summary>
public abstract record TrainingData : IDisposable
{
    /// <summary>The names of the variables, in the order in which they are learnt; null where they have none.</summary>
    public virtual IReadOnlyList<string>? Variables => null;

    /// <summary>What was understood of the file they come from; null where that was no question.</summary>
    public virtual DataReading? Understood => null;

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
