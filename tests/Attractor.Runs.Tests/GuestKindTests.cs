using System.Text.Json.Nodes;
using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Runs.Tests;

/// <summary>A kind of model that this project knows nothing of: registered, it trains and answers like the others.</summary>
public sealed class GuestKindTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    static GuestKindTests() => ModelKinds.Register(new FirstDifferenceKind());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_guest_is_found_trains_and_scores()
    {
        string data = _folder.WriteSeries();
        using (Run run = Run.Start(_folder.File("RUN"), "first-difference", data, new FirstDifferenceSettings { Order = 2 }))
            Assert.Equal("order 2, 2 columns", run.Train().Text);

        Assert.Equal(2, ((FirstDifferenceSettings)Run.Open(_folder.File("RUN")).Settings).Order);
    }

    [Fact]
    public void A_name_is_given_once()
        => Assert.Contains(
            "already",
            Assert.Throws<ArgumentException>(() => ModelKinds.Register(new FirstDifferenceKind())).Message,
            StringComparison.Ordinal);

    private sealed record FirstDifferenceSettings : ModelSettings
    {
        [Setting("how often to take differences", Least = 1)]
        public int Order { get; init; } = 1;

        [Setting("the seed", Least = 0)]
        public override long Seed { get; init; }
    }

    private sealed class FirstDifferenceKind : ModelKind
    {
        public override string Name => "first-difference";

        public override string Description => "Predicts that a series goes on as it went.";

        public override SettingsForm Settings { get; } = SettingsForm.Of<FirstDifferenceSettings>();

        public override IReadOnlyList<Capability> Capabilities => [];

        public override TrainingData Read(ModelSettings settings, IProgress<TableProgress>? progress, CancellationToken cancellationToken)
            => SeriesData.Read(settings.Data, 1);

        public override ModelTraining Prepare(ModelSettings settings, TrainingData data)
            => new FirstDifferenceTraining((FirstDifferenceSettings)settings, ((SeriesData)data).Trials[0].Dimension);

        public override IEnumerable<(string Purpose, string Command)> Uses(string run, ModelSettings settings) => [];
    }

    private sealed class FirstDifferenceTraining(FirstDifferenceSettings settings, int columns) : ModelTraining
    {
        public override ModelSettings Settings => settings;

        public override ILearntModel Model { get; } = new FirstDifference();

        public override int Observed => columns;

        public override void Resume(RunFolder folder)
        {
        }

        public override TrainingEnding Train(RunFolder folder, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
            => TrainingEnding.Completed;

        public override JsonObject Describe(string run) => new() { ["run"] = run };

        public override FormattableString Sentence(string run) => $"order {settings.Order}, {columns} columns";
    }

    private sealed class FirstDifference : ILearntModel
    {
        public string Kind => "first-difference";

        public int ParameterCount => 0;

        public string Description => "nothing to learn";
    }
}
