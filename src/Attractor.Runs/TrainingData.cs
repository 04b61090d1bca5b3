namespace Attractor.Runs;

/// <summary>What a training learns from, of whatever kind.</summary>
public abstract record TrainingData : IDisposable
{
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
