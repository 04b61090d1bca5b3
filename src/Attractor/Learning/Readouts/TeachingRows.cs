namespace Attractor.Learning;

/// <summary>Inputs and targets as a training goes through them, in memory or not.</summary>
internal abstract class TeachingRows
{
    /// <summary>How many pairs there are.</summary>
    public abstract int Length { get; }

    /// <summary>The same for one lane, which goes from front to back: what it reads ahead is its own.</summary>
    public abstract TeachingRows Open();

    /// <summary>The input of a row; it is good until another row is asked for.</summary>
    public abstract ReadOnlySpan<double> Input(int row);

    /// <summary>What is wanted once it has been taken in; it is good until another row is asked for.</summary>
    public abstract ReadOnlySpan<double> Target(int row);

    /// <summary>The weight of the sample.</summary>
    public abstract double Weight(int row);

    /// <summary>Those of series in memory.</summary>
    public static TeachingRows[] Of(IReadOnlyList<TeachingSeries> series) => [.. series.Select(pair => new InMemory(pair))];

    private sealed class InMemory(TeachingSeries series) : TeachingRows
    {
        public override int Length => series.Inputs.Length;

        public override TeachingRows Open() => this;

        public override ReadOnlySpan<double> Input(int row) => series.Inputs.Row(row);

        public override ReadOnlySpan<double> Target(int row) => series.Targets.Row(row);

        public override double Weight(int row) => series.Weights?[row] ?? 1;
    }
}
