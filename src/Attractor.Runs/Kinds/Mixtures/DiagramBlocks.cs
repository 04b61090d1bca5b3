using Attractor.Models;
using Attractor.Reports;

namespace Attractor.Runs;

/// <summary>The blocks of a mixture in the symbols of its graphical model.</summary>
internal static class DiagramBlocks
{
    public static IReadOnlyList<MixtureBlock> Of(Mixture mixture)
        => [.. mixture.Blocks.GroupBy(Letter).SelectMany(group => group.Select((block, i) => Of(block, group.Key, group.Count() > 1 ? FormattableString.Invariant($"{i + 1}") : "")))];

    private static string Letter(ConjugateBlock block) => block switch
    {
        PoissonBlock => "s",
        BernoulliBlock => "b",
        CategoricalBlock => "c",
        _ => "x",
    };

    // Several blocks of a family are told apart by a number in the subscript.
    private static MixtureBlock Of(ConjugateBlock block, string letter, string number)
    {
        string observed = $"{letter}_{number}n", columns = string.Join(", ", block.Columns), centre = $"mu_{number}k", k = $"{number}k";
        return block switch
        {
            GaussianMeanBlock b => new(observed, $"{columns}: Gaussian",
            [
                new(centre, "centre of component k, normal", [($"nu{Sub(number)}", "prior mean"), ($"rho{Sub(number)}", "prior precision")]),
                b.Precision is null
                    ? new($"tau{Sub(number)}", "precision around the centres, gamma", [($"c_0{number}", "shape"), ($"d_0{number}", "rate")]) { PerComponent = false }
                    : new($"tau{Sub(number)}", "precision around the centres, known", []) { PerComponent = false, IsFixed = true },
            ]),
            NormalGammaBlock => new(observed, $"{columns}: Gaussian",
            [
                new(centre, "centre of component k, normal", [($"nu{Sub(number)}", "prior mean"), ($"kappa{Sub(number)}", "rows it counts for"), ($"tau_{k}", "precision")]),
                new($"tau_{k}", "precision of component k, gamma", [($"c_0{number}", "shape"), ($"d_0{number}", "rate")]),
            ]),
            NormalWishartBlock => new(observed, $"{columns}: Gaussian",
            [
                new(centre, "centre of component k, normal", [($"nu{Sub(number)}", "prior mean"), ($"kappa{Sub(number)}", "rows it counts for"), ($"Lambda_{k}", "precision matrix")]),
                new($"Lambda_{k}", "precision matrix of component k, Wishart", [($"W_0{number}", "scale"), ($"v_0{number}", "degrees of freedom")]),
            ]),
            PoissonBlock => new(observed, $"{columns}: Poisson", [new($"lambda_{k}", "rate of component k, gamma", [($"alpha{Sub(number)}", "shape"), ($"beta{Sub(number)}", "rate")])]),
            BernoulliBlock => new(observed, $"{columns}: Bernoulli", [new($"theta_{k}", "probability of a 1 in component k, beta", [($"a_0{number}", "ones"), ($"b_0{number}", "zeros")])]),
            _ => new(observed, $"{columns}: categorical", [new($"phi_{k}", "probabilities of component k, Dirichlet", [($"gamma{Sub(number)}", "concentration")])]),
        };
    }

    private static string Sub(string number) => number.Length == 0 ? "" : "_" + number;
}
