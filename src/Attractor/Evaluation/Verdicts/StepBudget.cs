using Attractor.Systems;

namespace Attractor.Evaluation;

/// <summary>How far a model of some size may run so that its verdict takes a second or two, on any machine the same.</summary>
/// <param name="Steps">Steps in all.</param>
/// <param name="WarmUp">Steps that every run costs besides.</param>
/// <param name="DataRows">T.</param>
internal readonly record struct StepBudget(int Steps, int WarmUp, int DataRows)
{
    private const double Products = 2.5e10;
    private const int Fewest = 20_000, Most = 2_000_000;

    public static StepBudget Of(IObservedMap model, int dataRows)
        => new((int)Math.Clamp(Products / model.StepCost, Fewest, Most), model.WarmUp, dataRows);

    /// <summary>Rows of a run that is scored, of which there are four.</summary>
    public int Rows => Math.Min(20_000, Steps / 20);

    /// <summary>Steps of a long run: all together find most networks that leave once in several hundred thousand steps.</summary>
    public int LongSteps => Math.Min(60_000, Steps / 10);

    /// <summary>Steps of a short run.</summary>
    public int ShortSteps => Math.Min(3000, Steps / 20);

    /// <summary>Long runs: four tenths of the steps. No run is shorter than the rows of its end.</summary>
    public int LongStarts => Math.Clamp(4 * (Steps / 10) / (Math.Max(LongSteps, Math.Min(5000, DataRows / 4)) + WarmUp), 2, 15);

    /// <summary>Short runs: three tenths of the steps.</summary>
    public int ShortStarts => Math.Clamp(3 * (Steps / 10) / (Math.Max(ShortSteps, Math.Min(2000, DataRows / 4)) + WarmUp), 2, 150);
}
