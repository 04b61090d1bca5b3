#!/usr/bin/env dotnet
#:property AssemblyName=custom-optimizer
#:project ../src/Attractor

// An optimiser of one's own, one method long, trains a network on the Lorenz system; a run that is stopped and goes on from its checkpoint
// ends in the same bits. OptimizerKind.Register would give it a word, --optimizer adabelief, in a package of the command.
// usage: dotnet run examples/custom_optimizer.cs

using Attractor;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Storage;
using Attractor.Systems;

TimeSeries data = Lorenz63.Default.Simulate(steps: 20_000, dt: 0.01).WithNoise(0.05, seed: 1).Standardize();
TrainingOptions options = new()
{
    Optimizer = new AdaBelief(0.9, 0.999, 1e-8),
    LearningRate = LearningRateSchedule.Exponential(5e-3, 1e-4),
    Updates = 2000,
    Seed = 1,
};

ShallowPlrnn whole = Network();
TrainingResult result = Training.Fit(whole, data, options);
Console.WriteLine($"loss from {result.Losses[0].Loss:F4} to {result.Losses[^1].Loss:F4} in {result.State.Update} updates");

// The same training, stopped half-way, its state in a file, and another network that goes on from the file.
string file = Path.Combine(Path.GetTempPath(), $"custom-optimizer-{Environment.ProcessId}.safetensors");
using CancellationTokenSource stop = new();
Training.Fit(Network(), [data], options with { CheckpointInterval = 1000 }, checkpoint: (state, _) =>
{
    Checkpoint.Save(file, state);
    stop.Cancel();
}, cancellationToken: stop.Token);
ShallowPlrnn resumed = Network();
TrainingState half = Checkpoint.Load(file);
Training.Fit(resumed, [data], options, resume: half);
File.Delete(file);
bool same = resumed.Parameters.Values.SequenceEqual(whole.Parameters.Values);
Console.WriteLine($"resumed at update {half.Update}: {(same ? "the same bits" : "other bits")}");
return same && result.Losses[^1].Loss < result.Losses[0].Loss ? 0 : 1;

static ShallowPlrnn Network() => new(observed: 3, latent: 3, hidden: 50, seed: 1);

/// <summary>
/// m = b1 m + (1 - b1) g, s = b2 s + (1 - b2) (g - m)^2 + epsilon, theta -= rate m^ / (sqrt(s^) + epsilon), m^ and s^ corrected for their
/// start at 0: long steps where the gradient is as its average foretells (Zhuang et al., "AdaBelief optimizer: adapting stepsizes by the
/// belief in observed gradients", NeurIPS 2020).
/// </summary>
internal sealed record AdaBelief(double Beta1, double Beta2, double Epsilon) : UpdateRule
{
    public override int MomentCount => 2;

    protected override void Apply<T>(in UpdateStep<T> step)
    {
        Span<T> theta = step.Parameters, m = step.Moment(0), s = step.Moment(1);
        T b1 = T.CreateTruncating(Beta1), b2 = T.CreateTruncating(Beta2), epsilon = T.CreateTruncating(Epsilon);
        T rate = T.CreateTruncating(step.LearningRate / (1 - Math.Pow(Beta1, step.Update)));
        T correction = T.CreateTruncating(1 / (1 - Math.Pow(Beta2, step.Update)));
        for (int i = 0; i < theta.Length; i++)
        {
            T g = step.Gradient[i];
            m[i] = (b1 * m[i]) + ((T.One - b1) * g);
            s[i] = (b2 * s[i]) + ((T.One - b2) * (g - m[i]) * (g - m[i])) + epsilon;
            theta[i] -= rate * m[i] / (T.Sqrt(s[i] * correction) + epsilon);
        }
    }
}
