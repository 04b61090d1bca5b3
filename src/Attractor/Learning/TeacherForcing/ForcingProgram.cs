namespace Attractor.Learning;

/// <summary>A teacher forcing written out over the steps of a window, warm-up included.</summary>
internal sealed class ForcingProgram
{
    private readonly double[] _strength;
    private readonly int _warmUp;

    /// <param name="forcing">How strongly the data draws the states.</param>
    /// <param name="steps">T, predicted steps of a window.</param>
    /// <param name="warmUp">Steps at the start that are forced fully.</param>
    /// <param name="firstCounted">The first step whose prediction counts; that after the warm-up if null.</param>
    public ForcingProgram(TeacherForcing forcing, int steps, int warmUp, int? firstCounted = null)
    {
        FirstCounted = firstCounted ?? warmUp;
        _warmUp = warmUp;
        _strength = new double[steps];
        for (int t = 0; t < steps; t++)
            _strength[t] = t < warmUp ? 1 : forcing.Strength(t);
    }

    /// <summary>Predictions before this step are left out of the loss.</summary>
    public int FirstCounted { get; }

    public int Steps => _strength.Length;

    /// <summary>How far the observed units are drawn towards the data before step <paramref name="t"/>.</summary>
    public double Strength(int t) => _strength[t];

    /// <summary>Another strength at every step after the warm-up.</summary>
    public void Force(double strength) => _strength.AsSpan(_warmUp).Fill(strength);
}
