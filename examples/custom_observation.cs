#!/usr/bin/env dotnet
#:property AssemblyName=custom-observation
#:project ../src/Attractor

// An observation model of one's own for an autoencoder: Student's t, for which a value far off is no catastrophe. Its gradient is checked;
// trained beside the Gaussian on data with outliers, it keeps to the curve.
// usage: dotnet run examples/custom_observation.cs [epochs]

using Attractor;
using Attractor.Differentiation;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Probability;
using Attractor.Storage;

int epochs = args.Length > 0 ? int.Parse(args[0]) : 60;
StudentTObservation student = new();
ObservationModel.Register(student);

// log p(x | z) as a function of the decoder's output and the log scale: forward and backward agree.
double[] x = [0.5, -2, 8, 0.1], at = [0.2, -0.3, 0.4, 0.1, -0.5];
GradientCheck check = Gradient.Check(
    (tape, p) => student.LogLikelihood([p.SliceColumns(4, 1)], p.SliceColumns(0, 4), tape.Constant(new(1, 4), x)).Sum(), new(1, 5), at);
Console.WriteLine($"gradient against central differences: relative error {check.RelativeError:0e0}");

// Points around a curve in three dimensions; of the training points one in ten is thrown far off in one variable.
TimeSeries Points(int count, bool spoilt, ulong seed)
{
    RandomStream random = new(seed, "points");
    double[] points = new double[3 * count];
    for (int n = 0; n < count; n++)
    {
        double u = random.NextUniform(-2, 2);
        double[] point = [u, Math.Sin(2 * u), 0.5 * u * u];
        for (int d = 0; d < 3; d++)
            points[(3 * n) + d] = point[d] + (0.05 * random.NextNormal());
        if (spoilt && n % 10 == 0)
            points[(3 * n) + (int)random.NextInt64(3)] += 6 * random.NextNormal();
    }
    return new(points, 3);
}

SampleSet train = SampleSet.Of(Points(4000, spoilt: true, seed: 1));
float[] clean = [.. Points(1000, spoilt: false, seed: 2).Values.ToArray().Select(v => (float)v)];
foreach (ObservationModel observation in (ObservationModel[])[ObservationModel.Gaussian, student])
{
    VariationalAutoencoder model = new(new() { Observed = 3, Layers = [32, 32], Latent = 1, Observation = observation, Seed = 1 });
    AutoencoderTraining.Fit(
        model, train, null, new() { Epochs = epochs, LearningRate = LearningRateSchedule.Exponential(3e-3, 3e-4), Seed = 1 });
    string file = Path.Combine(Path.GetTempPath(), "custom-observation.safetensors");
    ModelFile.Save(file, model);
    float[] kept = ModelFile.Load<VariationalAutoencoder>(file).Reconstruct(clean);
    File.Delete(file);
    Console.WriteLine(
        $"{observation.Family,-12} is off a clean point by {clean.Zip(kept, (a, b) => Math.Abs(a - b)).Average(),6:F3} on average; read "
        + $"again the same to the bit: {kept.SequenceEqual(model.Reconstruct(clean))}");
}

/// <summary>
/// x = output + scale t with t of Student's distribution of 3 degrees of freedom: log p = c - log scale - (nu + 1) / 2
/// log(1 + ((x - output) / scale)^2 / nu), its scale learnt for each variable.
/// </summary>
sealed record StudentTObservation : ObservationModel
{
    private const double Nu = 3;

    // log Gamma((nu + 1) / 2) - log Gamma(nu / 2) - log(nu pi) / 2
    private static readonly double s_constant = LogGamma.Of((Nu + 1) / 2) - LogGamma.Of(Nu / 2) - (0.5 * Math.Log(Nu * Math.PI));

    public override string Name => "student-t-3";

    public override string Family => "Student's t";

    public override IReadOnlyList<ObservationParameter> Parameters => [new("log_scale", Initial: -1)];

    public override Variable<T> LogLikelihood<T>(IReadOnlyList<Variable<T>> parameters, Variable<T> output, Variable<T> x)
        => (((x - output).Square() * (parameters[0] * -2).Exp() / Nu + 1).Log() * (-0.5 * (Nu + 1))) - parameters[0] + s_constant;

    public override double Mean(double output, ReadOnlySpan<double> parameters) => output;

    public override double Sample(double output, ReadOnlySpan<double> parameters, RandomStream random)
        => new StudentT(Nu, output, Math.Exp(parameters[0])).Sample(random);
}
