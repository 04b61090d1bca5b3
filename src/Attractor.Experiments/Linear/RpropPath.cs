using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Experiments;

/// <summary>Where resilient backpropagation goes.</summary>
/// <param name="Variant">Its variant.</param>
/// <param name="InitialStep">The size of its first step.</param>
/// <param name="Weights">The weights before the first iteration and after each.</param>
internal sealed record RpropPath(RpropVariant Variant, double InitialStep, IReadOnlyList<LinearNetwork> Weights)
{
    /// <summary>The name of the variant in the papers.</summary>
    public string Name => Variant switch { RpropVariant.Minus => "Rprop-", RpropVariant.Plus => "Rprop+", _ => "iRprop-" };

    /// <summary>The weights at the end.</summary>
    public LinearNetwork End => Weights[^1];

    /// <summary>Trains on all sequences at once.</summary>
    public static RpropPath Of(RpropVariant variant, double initialStep, LinearNetworkSettings settings, CancellationToken token)
    {
        LinearNetwork start = new(settings.Start[0], settings.Start[1]);
        DrivenNetwork network = start.ToDriven();
        int wx = LinearNetwork.Offset(network, "C"), wrec = LinearNetwork.Offset(network, "cell.A");
        List<LinearNetwork> weights = [start];
        MinibatchOptions options = new()
        {
            Epochs = settings.Updates,
            BatchSize = SummedSequences.Count,
            Optimizer = Optimizer.Rprop(variant, settings.Increase, settings.Decrease, initialStep),
            FixedTensors = ["cell.W", "cell.h"],
            Precision = Precision.Float64,
            Threads = 1,
            CheckpointInterval = TimeSpan.Zero,
        };
        MinibatchCallbacks listener = new() { Checkpoint = (state, _) => weights.Add(new(state.Parameters[wx], state.Parameters[wrec])) };
        DrivenTraining.Fit(network, SummedSequences.Inputs, LinearNetwork.Answers, options, callbacks: listener, cancellationToken: token);
        token.ThrowIfCancellationRequested();
        return new(variant, initialStep, weights);
    }
}
