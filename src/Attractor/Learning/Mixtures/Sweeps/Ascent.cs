using System.Globalization;
using Attractor.Models;

namespace Attractor.Learning;

/// <summary>Coordinate ascent of the bound: sweeps over all factors, the bound checked after each of their updates.</summary>
/// <param name="mixture">Its posterior is what moves.</param>
/// <param name="step">The update of the assignments for them.</param>
internal sealed class Ascent(Mixture mixture, ExpectationStep step)
{
    // Of a bound of a million nats, rounding leaves some 1e-9.
    private const double Rounding = 1e-9;

    // Terms that are so much larger than their sum leave it five digits.
    private const double MostCancelled = 1e10;

    private IReadOnlyList<ElboTerm>? _terms;

    /// <summary>The terms of the bound after the last update.</summary>
    public IReadOnlyList<ElboTerm> Terms => _terms!;

    public double Elbo => EvidenceLowerBound.Sum(Terms);

    /// <summary>N_k.</summary>
    public double[] Counts => step.Result.Counts;

    /// <summary>The parameters from given responsibilities: sweep 0.</summary>
    public void Begin(ExpectationStep.Given responsibilities)
    {
        mixture.Reset();
        step.Take(responsibilities);
        _terms = null;
        Check("the start", 0);
        UpdateParameters(0);
    }

    /// <summary>Goes on from the posterior that the mixture holds.</summary>
    public void Resume()
    {
        step.Run();
        _terms = EvidenceLowerBound.Of(mixture, step.Result);
    }

    /// <summary>The update of every factor once: of q(z), then of the parameters.</summary>
    /// <param name="sweep">Which, for messages.</param>
    public void Sweep(int sweep)
    {
        step.Run();
        Check("assignments", sweep);
        UpdateParameters(sweep);
    }

    private void UpdateParameters(int sweep)
    {
        foreach (string factor in ParameterUpdate.Each(mixture, step.Result, 1))
            Check(factor, sweep);
    }

    private void Check(string factor, int sweep)
    {
        IReadOnlyList<ElboTerm> terms = EvidenceLowerBound.Of(mixture, step.Result);
        double now = EvidenceLowerBound.Sum(terms);
        if (!double.IsFinite(now))
            throw new BoundDecreaseException(
                $"The bound is not a number after the update of {factor} in sweep {sweep}: its term "
                + $"'{terms.First(t => !double.IsFinite(t.Value)).Name}' is not.");
        ElboTerm largest = terms.MaxBy(t => Math.Abs(t.Value));
        if (Math.Abs(largest.Value) > MostCancelled * (1 + Math.Abs(now)))
            throw new BoundDecreaseException(string.Create(
                CultureInfo.InvariantCulture,
                $"The bound is not known after the update of {factor} in sweep {sweep}: its term '{largest.Name}' is {largest.Value:G3}, "
                + $"beside which the others have no digits left; take priors that are further from 0."));
        if (_terms is not null)
        {
            double before = EvidenceLowerBound.Sum(_terms), fall = before - now;
            if (fall > Rounding * (1 + Math.Abs(before)))
            {
                int worst = Enumerable.Range(0, terms.Count).MaxBy(i => _terms[i].Value - terms[i].Value);
                throw new BoundDecreaseException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The bound fell by {fall:G3} nats, from {before:R} to {now:R}, at the update of {factor} in sweep {sweep}: of its "
                    + $"terms '{terms[worst].Name}' fell most, by {_terms[worst].Value - terms[worst].Value:G3}."));
            }
        }
        _terms = terms;
    }
}
