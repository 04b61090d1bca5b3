#!/usr/bin/env dotnet
#:project ../src/Attractor
#:property PublishAot=false
#:property AssemblyName=ForecastExample

// Forecasts what follows a recording, without training: who is chosen and why, and a candidate of one's own among the others.
// usage: dotnet run examples/forecast.cs

using System.Globalization;
using Attractor;
using Attractor.Forecasting;
using Attractor.Systems;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Rows = 1500, Steps = 1000;
TimeSeries recording = Lorenz63.Default.Simulate(Rows + Steps, dt: 0.02);
TimeSeries context = recording.Slice(0, Rows).WithNoise(0.02, seed: 1), truth = recording.Slice(Rows, Steps);

ForecastOptions options = new() { Candidates = [.. ForecastCandidates.All, new Momentum()] };
Forecast forecast = Forecast.Of(context, Steps, options);

Console.WriteLine($"{forecast.Chosen} ({forecast.Setting}): {forecast.Why}");
foreach (string line in forecast.Lines)
    Console.WriteLine("  " + line);
Console.WriteLine($"expected to be valid for {forecast.ExpectedValidSteps} steps; {forecast.Verdict.Sentence}");
foreach (ForecastCandidateScore candidate in forecast.Candidates)
    Console.WriteLine(
        $"  {candidate.Name,-12} score {candidate.Score,10:G3}   error {candidate.Error,8:G3}   {candidate.Failure ?? candidate.Setting}");

int inside = 0;
for (int t = 0; t < 50; t++)
    inside += truth[t, 0] >= forecast.Interval.Low[t, 0] && truth[t, 0] <= forecast.Interval.High[t, 0] ? 1 : 0;
Console.WriteLine($"x lies within its 90 % interval in {inside} of the first 50 steps");
if (forecast.Candidates[^1].Score < forecast.Candidates[0].Score)
    throw new InvalidOperationException("the candidates are not in order");

/// <summary>Goes on as the last step went, and slows down.</summary>
internal sealed class Momentum : ForecastCandidate
{
    public override string Name => "momentum";

    public override string Description => "the last step again, a little shorter each time";

    public override IReadOnlyList<IForecaster?> Fit(
        IReadOnlyList<TimeSeries> pieces, IReadOnlyList<ForecastSetting> settings, CancellationToken cancellationToken = default)
        => [new Slowing()];

    private sealed class Slowing : IForecaster
    {
        public int WarmUp => 1;

        public double StepCost => 1;

        public TimeSeries Continue(TimeSeries history, int steps, CancellationToken cancellationToken = default)
        {
            int n = history.Dimension, last = history.Length - 1;
            double[] values = new double[steps * n];
            for (int i = 0; i < n; i++)
            {
                double x = history[last, i], step = x - history[last - 1, i];
                for (int t = 0; t < steps; t++)
                    values[(t * n) + i] = x += step *= 0.95;
            }
            return new(values, n, history.Dt, history.Names);
        }
    }
}
