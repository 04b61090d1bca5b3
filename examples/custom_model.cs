#!/usr/bin/env dotnet
#:property AssemblyName=custom-model
#:project ../src/Attractor

// A model of one's own on the tape: a small network that says how uncertain it is. Its gradient is checked, it is trained on minibatches,
// stopped, and resumed from a file to the same bits.
// usage: dotnet run examples/custom_model.cs

using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Storage;

// y = sin 2x + noise whose deviation grows with x.
Regression model = new(hidden: 32), check = new(hidden: 5);
Points training = Points.Draw(2000, seed: 1), held = Points.Draw(500, seed: 2);

GradientCheck gradient = Gradient.Check(
    (_, x) => new GaussianLoss(check, held).Loss<double>(new(x, check.Parameters), [0, 1, 2, 3], default),
    new(1, check.Parameters.Count),
    check.Parameters.Values);
Console.WriteLine($"gradient against central differences: relative error {gradient.RelativeError:0e0}");

MinibatchOptions options = new() { Epochs = 40, BatchSize = 50, LearningRate = LearningRateSchedule.Exponential(1e-2, 1e-4), Seed = 1 };
MinibatchResult result = Minibatches.Fit(model.Parameters, new GaussianLoss(model, training), options, new GaussianLoss(model, held));
Console.WriteLine(
    $"negative log-likelihood of held-out points from {result.Epochs[0].TestLoss:F3} to {result.Epochs[^1].TestLoss:F3} nats");
foreach (double x in (double[])[0, 1, 2])
{
    (double mean, double deviation) = model.Predict(x);
    Console.WriteLine($"x = {x}: {mean,5:F2} +- {deviation:F2}     (made with {Math.Sin(2 * x),5:F2} +- {Points.Deviation(x):F2})");
}

// The same training, stopped after ten epochs.
string file = Path.Combine(Path.GetTempPath(), $"custom-model-{Environment.ProcessId}.safetensors");
Regression stopped = new(hidden: 32), resumed = new(hidden: 32);
using CancellationTokenSource stop = new();
MinibatchCallbacks callbacks = new()
{
    Epoch = e =>
    {
        if (e.Epoch == 10)
            stop.Cancel();
    },
    Checkpoint = (state, _) => Checkpoint.Save(file, state),
};
Minibatches.Fit(stopped.Parameters, new GaussianLoss(stopped, training), options, callbacks: callbacks, cancellationToken: stop.Token);
TrainingState state = Checkpoint.Load(file);
Minibatches.Fit(resumed.Parameters, new GaussianLoss(resumed, training), options, resume: state);
File.Delete(file);
bool same = resumed.Parameters.Values.SequenceEqual(model.Parameters.Values);
Console.WriteLine($"resumed at update {state.Update}: {(same ? "the same bits" : "other bits")}");
return same && gradient.RelativeError < 1e-6 ? 0 : 1;

/// <summary>h = tanh(W1 x + b1), (mean, log deviation) = W2 h + b2.</summary>
internal sealed class Regression
{
    private readonly ParameterTensor _w1, _b1, _w2, _b2;

    public Regression(int hidden)
    {
        ParameterLayout layout = new();
        (_w1, _b1, _w2, _b2) = (
            layout.Matrix("W1", hidden, 1), layout.Vector("b1", hidden), layout.Matrix("W2", 2, hidden), layout.Vector("b2", 2));
        Parameters = new(layout);
        RandomStream random = new(1, "initial weights");
        foreach (ParameterTensor weights in (ParameterTensor[])[_w1, _b1, _w2])
            Parameters.Set(
                weights.Name,
                [.. Enumerable.Range(0, weights.Count).Select(_ => random.NextNormal() / Math.Sqrt(Math.Max(1, weights.Columns)))]);
    }

    public ParameterBuffer Parameters { get; }

    /// <summary>n x 1 gives n x 2.</summary>
    public Variable<T> Forward<T>(TapeParameters<T> parameters, Variable<T> x)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        => x.Affine(parameters[_w1], parameters[_b1]).Tanh().Affine(parameters[_w2], parameters[_b2]);

    public (double Mean, double Deviation) Predict(double x)
    {
        using Tape<double> tape = new();
        TapeParameters<double> parameters = new(tape.Constant(new(1, Parameters.Count), Parameters.Values), Parameters);
        ReadOnlySpan<double> output = Forward(parameters, tape.Constant(new(1, 1), [x])).Value;
        return (output[0], Math.Exp(output[1]));
    }
}

/// <summary>-log N(y | mean(x), deviation(x)^2), summed over the points of a batch.</summary>
internal sealed class GaussianLoss(Regression model, Points points) : MinibatchObjective
{
    public override int SampleCount => points.X.Length;

    public override Variable<T> Loss<T>(TapeParameters<T> parameters, ReadOnlySpan<int> samples, BatchPlace place)
    {
        T[] x = new T[samples.Length], y = new T[samples.Length];
        for (int i = 0; i < samples.Length; i++)
            (x[i], y[i]) = (T.CreateTruncating(points.X[samples[i]]), T.CreateTruncating(points.Y[samples[i]]));
        Variable<T> output = model.Forward(parameters, parameters.Tape.Constant(new(x.Length, 1), x));
        Variable<T> mean = output.SliceColumns(0, 1), logDeviation = output.SliceColumns(1, 1);
        Variable<T> residual = (parameters.Tape.Constant(new(y.Length, 1), y) - mean) * (-logDeviation).Exp();
        return ((residual.Square() * 0.5) + logDeviation + (0.5 * Math.Log(2 * Math.PI))).Sum();
    }
}

/// <summary>The data.</summary>
internal sealed record Points(double[] X, double[] Y)
{
    public static double Deviation(double x) => 0.05 + (0.15 * Math.Max(0, x));

    public static Points Draw(int count, ulong seed)
    {
        RandomStream random = new(seed, "points");
        double[] x = [.. Enumerable.Range(0, count).Select(_ => (4 * random.NextDouble()) - 2)];
        return new(x, Array.ConvertAll(x, at => Math.Sin(2 * at) + (Deviation(at) * random.NextNormal())));
    }
}
