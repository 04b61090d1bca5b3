using Attractor.Data;
using Attractor.Systems;

namespace Attractor.Models.Recurrent;

/// <summary>
/// A recurrent network z' = F(z) of M latent units whose first N are the observed variables.
/// </summary>
public abstract class RecurrentModel : IObservedMap
{
    /// <summary>The kind as commands and files name it: <c>shplrnn</c>, <c>clipped-shplrnn</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>N, the number of observed variables, read out from the first N units.</summary>
    public abstract int Observed { get; }

    /// <summary>M, the number of latent units.</summary>
    public abstract int Latent { get; }

    /// <summary>The sizes that, with <see cref="Kind"/>, rebuild the model: observed, latent, hidden.</summary>
    public abstract IReadOnlyDictionary<string, int> Sizes { get; }

    /// <summary>Dimension of the state as a map: M.</summary>
    public int Dimension => Latent;

    /// <summary>All parameters, the initial-state map L included where M > N.</summary>
    public abstract ParameterBuffer Parameters { get; }

    /// <inheritdoc/>
    public abstract void Step(ReadOnlySpan<double> state, Span<double> next);

    /// <inheritdoc/>
    public abstract void Jacobian(ReadOnlySpan<double> state, Span<double> jacobian);

    /// <summary>z_1 = [x; L x]: the observation, then the remaining units by the learned linear map (zero if there is none).</summary>
    public abstract void InitialState(ReadOnlySpan<double> observation, Span<double> state);

    /// <summary>Runs freely from the first row of <paramref name="from"/>: row 0 is that observation, row t the t-th step.</summary>
    /// <param name="from">A series of the N observed variables; its dt and names pass to the result.</param>
    /// <param name="steps">Rows of the result.</param>
    /// <param name="start">The row of <paramref name="from"/> to start at.</param>
    public TimeSeries Generate(TimeSeries from, int steps, int start = 0) => throw new NotImplementedException();

    /// <summary>A new model of the given kind with initial parameters drawn from the seed.</summary>
    /// <param name="kind"><c>shplrnn</c> or <c>clipped-shplrnn</c>.</param>
    /// <param name="sizes">observed, latent, hidden.</param>
    /// <param name="seed">Seed of the initial parameters.</param>
    /// <exception cref="ArgumentException">The kind is not known, or a size is missing or not positive.</exception>
    public static RecurrentModel Create(string kind, IReadOnlyDictionary<string, int> sizes, ulong seed = 0) => throw new NotImplementedException();
}
