using Attractor.Evaluation;
using Attractor.Systems;

namespace Attractor.Tests.Evaluation;

public sealed class JudgedRunsTests
{
    // Of 300 and 700 rows there are two pieces of 500, of which the first is of both recordings.
    [Fact]
    public void The_data_themselves_have_the_spectra_of_the_data()
    {
        TimeSeries data = Lorenz63.Default.Simulate(1000, 0.05).Standardize();
        JudgedRuns judged = new(JoinedTrials.Of([data.Slice(0, 300), data.Slice(300, 700)], 1000), 500);
        (double divergence, double spectrum) = judged.Judge(data);
        Assert.Equal(0, spectrum, 1e-7);
        Assert.Equal(0, divergence, 1e-12);
        Assert.InRange(judged.SpectrumFloor, 0.01, 0.9);
    }
}
