using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>The settings of the experiment on a linear network: those of Rprop and where gradients are looked at.</summary>
internal sealed record LinearNetworkSettings : ExperimentSettings
{
    [Setting("iterations of Rprop", Least = 1, Most = 100_000, Unit = "iterations")]
    public int Updates { get; init; } = 500;

    [Setting("where Rprop sets out from: w_x,w_rec")]
    public IReadOnlyList<double> Start { get; init; } = [-1.5, 2];

    [Setting("eta+, factor of a step size while the sign stays", Above = 1)]
    public double Increase { get; init; } = 1.2;

    [Setting("eta-, factor of a step size when the sign changes", Above = 0, Most = 1)]
    public double Decrease { get; init; } = 0.5;

    [Setting("Delta_0, the first step size", Above = 0)]
    public double InitialStep { get; init; } = 0.001;

    [Setting("where the gradient is checked: w_x,w_rec")]
    public IReadOnlyList<double> Point { get; init; } = [1.2, 1.2];

    public override FormattableString? WhyNot()
        => Start.Count != 2 ? (FormattableString)$"{nameof(Start):setting} takes two numbers, w_x,w_rec, not {Start.Count}"
            : Point.Count != 2 ? (FormattableString)$"{nameof(Point):setting} takes two numbers, w_x,w_rec, not {Point.Count}"
            : null;

    /// <summary>Whether the document's numbers are to be found: everything is as it has it.</summary>
    public bool IsTheDocuments => this with { Point = [1.2, 1.2] } is { Updates: 500, Increase: 1.2, Decrease: 0.5, InitialStep: 0.001 }
        && Start is [-1.5, 2];
}
