#!/usr/bin/env dotnet
#:project ../src/Attractor
#:property PublishAot=false
#:property AssemblyName=CommonTask

// The Lorenz track of the Common Task Framework for Science (NeurIPS 2025 Datasets and Benchmarks), by forecasts without training: twelve
// scores, each between -100 and 100, beside those that were published. Its data are not to be had and its noise levels are not stated:
// the recordings here are made anew by its settings (sigma 10, rho 28, beta 8/3, dt 0.05), with 5 % and 20 % of noise, so that the
// comparison is of kind, not of digits. E11 and E12 see 100 rows of a rho that is new (29 and 34) and nothing of the recordings of other
// rhos that there are. A long score compares histograms of 500 rows: another recording of the system itself scores what the last column
// says.
// usage: dotnet run examples/common_task.cs

using System.Globalization;
using Attractor;
using Attractor.Data;
using Attractor.Systems;
using MathNet.Numerics.LinearAlgebra;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Context = 10_000, Few = 100, Rows = 1000, ShortRows = 20, LongRows = 500, Bins = 41;
DormandPrince54 exact = new(1e-11, 1e-11);
List<double> ours = [];

Console.WriteLine("| task | score | a published reservoir | by | the system itself |");
Console.WriteLine("|---|---|---|---|---|");
Forecasts("E1", "E2", Context, 0, seed: 1, "99.91", "56.72");
Denoised("E3", "E4", 0.05, seed: 2, "97.41", "-33.49");
Denoised("E5", "E6", 0.2, seed: 3, "", "");
Forecasts("E7", "E8", Few, 0, seed: 4, "", "61.92");
Forecasts("E9", "E10", Few, 0.05, seed: 5, "45.41", "-48.51");
NewParameter("E11", 29, seed: 6, "99.80");
NewParameter("E12", 34, seed: 7, "99.97");
Console.WriteLine($"| mean | {ours.Average():F2} | 54.87 (the best that was published, an LSTM: 64.54) | | |");

TimeSeries Record(double rho, int rows, ulong seed)
    => (Lorenz63.Default with { Rho = rho }).Simulate(rows, 0.05, seed: seed, integrator: exact);

void Forecasts(string near, string far, int rows, double noise, ulong seed, string publishedNear, string publishedFar)
{
    TimeSeries all = Record(28, rows + Rows, seed), truth = all.Slice(rows, Rows), context = all.Slice(0, rows).WithNoise(noise, seed);
    Forecast forecast = Forecast.Of(context, Rows);
    Line(near, Relative(truth.Slice(0, ShortRows), forecast.Orbit.Slice(0, ShortRows)), publishedNear, forecast.Chosen, null);
    Line(far, Histograms(truth, forecast.Orbit), publishedFar, forecast.Chosen, Histograms(truth, Record(28, Rows, seed + 100)));
}

void Denoised(string clean, string far, double noise, ulong seed, string publishedClean, string publishedFar)
{
    TimeSeries all = Record(28, Context + Rows, seed), known = all.Slice(0, Context), truth = all.Slice(Context, Rows);
    TimeSeries noisy = known.WithNoise(noise, seed);
    Line(clean, Relative(known, NoiseReduction.Of([noisy])?.Apply(noisy) ?? noisy), publishedClean, "smoothing", null);
    Forecast forecast = Forecast.Of(noisy, Rows);
    Line(far, Histograms(truth, forecast.Orbit), publishedFar, forecast.Chosen, Histograms(truth, Record(28, Rows, seed + 100)));
}

void NewParameter(string task, double rho, ulong seed, string published)
{
    TimeSeries all = Record(rho, Few + ShortRows, seed);
    Forecast forecast = Forecast.Of(all.Slice(0, Few), ShortRows);
    Line(task, Relative(all.Slice(Few, ShortRows), forecast.Orbit), published, forecast.Chosen, null);
}

void Line(string task, double score, string published, string by, double? system)
{
    ours.Add(score);
    string itself = system?.ToString("F1", CultureInfo.InvariantCulture) ?? "";
    Console.WriteLine($"| {task} | {score:F2} | {published} | {by} | {itself} |");
}

// 100 (1 - |X - Y| / |X|) in the 2-norm of matrices, the largest singular value.
static double Relative(TimeSeries truth, TimeSeries other)
{
    Matrix<double> x = Matrix<double>.Build.DenseOfArray(truth.ToMatrix()), y = Matrix<double>.Build.DenseOfArray(other.ToMatrix());
    return Math.Clamp(100 * (1 - ((x - y).L2Norm() / x.L2Norm())), -100, 100);
}

// 100 (1 - the mean over variables of |h - g|_1 / |h|_1), histograms of the last rows over the range of both.
static double Histograms(TimeSeries truth, TimeSeries other)
{
    double sum = 0;
    for (int n = 0; n < truth.Dimension; n++)
    {
        double[] x = truth.Column(n)[^LongRows..], y = other.Column(n)[^LongRows..];
        double low = Math.Min(x.Min(), y.Min()), width = (Math.Max(x.Max(), y.Max()) - low) / Bins;
        int[] h = new int[Bins], g = new int[Bins];
        foreach (double value in x)
            h[Math.Min(Bins - 1, (int)((value - low) / width))]++;
        foreach (double value in y)
            g[Math.Min(Bins - 1, (int)((value - low) / width))]++;
        sum += h.Zip(g, (a, b) => Math.Abs(a - b)).Sum() / (double)LongRows;
    }
    return Math.Clamp(100 * (1 - (sum / truth.Dimension)), -100, 100);
}
