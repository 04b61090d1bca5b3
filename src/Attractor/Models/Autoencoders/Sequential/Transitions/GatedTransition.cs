using Attractor.Differentiation;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// The gated transition of deep Markov models (Krishnan, Shalit and Sontag, "Structured inference networks for nonlinear state space
/// models", AAAI 2017): g = sigmoid(G2 relu(G1 z)), n = P2 relu(P1 z), mean = (1 - g) (W z + b) + g n, variance = softplus(V relu(n))^2.
/// </summary>
internal sealed class GatedTransition(ParameterLayout layout, int latent, int hidden) : Transition
{
    private readonly AffineLayer _gateHidden = new(layout, "transition.gate.0", latent, hidden),
        _gate = new(layout, "transition.gate.1", hidden, latent);
    private readonly AffineLayer _proposalHidden = new(layout, "transition.proposal.0", latent, hidden),
        _proposal = new(layout, "transition.proposal.1", hidden, latent);
    private readonly AffineLayer _linear = new(layout, "transition.linear", latent, latent),
        _deviation = new(layout, "transition.deviation", latent, latent);

    public override DiagonalPosterior<T> Next<T>(TapeParameters<T> parameters, Variable<T> z)
    {
        Variable<T> gate = _gate.Apply(parameters, _gateHidden.Apply(parameters, z).Relu()).Sigmoid();
        Variable<T> proposal = _proposal.Apply(parameters, _proposalHidden.Apply(parameters, z).Relu()),
            linear = _linear.Apply(parameters, z);
        Variable<T> logDeviation = _deviation.Apply(parameters, proposal.Relu()).Softplus().Log();
        return new(linear + (gate * (proposal - linear)), logDeviation * 2);
    }

    // The linear part starts as the identity, as published.
    public override void Initialize(Span<double> values, RandomStream random)
    {
        foreach (AffineLayer layer in (AffineLayer[])[_gateHidden, _gate, _proposalHidden, _proposal, _deviation])
            layer.Initialize(values, random);
        for (int i = 0; i < latent; i++)
            values[_linear.Weight.Offset + (i * latent) + i] = 1;
    }

    public override RecurrentModel? ToRecurrentModel(ReadOnlySpan<double> values) => null;
}
