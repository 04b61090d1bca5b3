using Attractor.Learning;
using Attractor.Models;

namespace Attractor.Tests.Learning;

public sealed class StateSelectionTests
{
    private static readonly TrainingOptions s_short = new()
    {
        Updates = 950,
        SequenceLength = 20,
        Seed = 3,
        InputNoise = 0.05,
        CheckpointInterval = 100,
    };

    [Fact]
    public void The_model_is_the_candidate_of_the_lowest_score_and_the_last_state_is_kept_beside_it()
    {
        Scripted score = new(5, 4, 2, 3, 2.5);
        ShallowPlrnn model = new(2, 3, 10, seed: 1), last = new(2, 3, 10, seed: 1), early = new(2, 3, 10, seed: 1);
        TrainingResult result = Training.Fit(
            model, TrainingTests.Data(), s_short with { Selection = new(score) { Interval = 200, Slack = 1 } });
        Training.Fit(last, TrainingTests.Data(), s_short);
        List<TrainingState> states = [];
        Training.Fit(early, [TrainingTests.Data()], s_short, checkpoint: (state, _) => states.Add(state));
        SelectedState selected = result.State.Selected!;
        Assert.Equal((600, 2.0), (selected.Update, selected.Score));
        Assert.Equal(states.Single(s => s.Update == 600).Parameters, model.Parameters.Values.ToArray());
        Assert.Equal(last.Parameters.Values.ToArray(), result.State.Parameters);
        // At 200, 400, 600, 800 and at the end; what is to beat is told.
        Assert.Equal([double.PositiveInfinity, 5, 4, 2, 2], score.Beaten);
    }

    [Fact]
    public void Of_candidates_that_score_alike_the_latest_is_chosen()
    {
        // 2.3 is within a fifth of 2, and so is 2.2 of what is still the lowest; 2.5 is not.
        Scripted score = new(3, 2, 2.3, 2.5, 2.2);
        TrainingResult result = Training.Fit(
            new ShallowPlrnn(2, 3, 10, seed: 1),
            TrainingTests.Data(),
            s_short with { Selection = new(score) { Interval = 200, Slack = 1.2 } });
        SelectedState selected = result.State.Selected!;
        Assert.Equal((950, 2.2, 2.0), (selected.Update, selected.Score, selected.Lowest));
        Assert.Equal([double.PositiveInfinity, 1.2 * 3, 2.4, 2.4, 2.4], score.Beaten);
    }

    [Fact]
    public void After_bad_candidates_in_a_row_the_training_goes_back_to_the_best()
    {
        // The second is not bad enough, the third to fifth are.
        Scripted score = new(1, 2.9, 3.1, double.NaN, 50, 7, 7, 7, 7, 7);
        List<string> messages = [];
        ShallowPlrnn model = new(2, 3, 10, seed: 1);
        TrainingOptions options = s_short with { Selection = new(score) { Interval = 100, Patience = 3 } };
        List<TrainingState> states = [];
        Training.Fit(
            model,
            [TrainingTests.Data()],
            options,
            checkpoint: (s, _) => states.Add(s),
            progress: new TrainingTests.Collect(p => messages.Add(p.Message ?? "")));
        Assert.Equal(2, messages.Count(m => m.Contains("back to the state of update 100,", StringComparison.Ordinal)));
        TrainingState best = states.Single(s => s.Update == 100), back = states.Single(s => s.Update == 500);
        Assert.Equal(best.Parameters, back.Parameters);
        Assert.Equal(best.Moments, back.Moments);
        Assert.NotEqual(states.Single(s => s.Update == 200).Parameters, states.Single(s => s.Update == 600).Parameters);
    }

    [Fact]
    public void Of_several_beginnings_the_training_goes_on_with_the_one_that_runs_best()
    {
        // The second is the best of three; the fourth candidate is the first that goes on from it.
        Scripted score = new(5, 2, 3, 1.9, 4);
        List<TrainingState> states = [];
        List<string> messages = [];
        ShallowPlrnn model = new(2, 3, 10, seed: 1);
        TrainingResult result = Training.Fit(
            model,
            [TrainingTests.Data()],
            s_short with { Precision = Precision.Float64, Selection = Beginnings(score) with { Slack = 1 } },
            checkpoint: (s, _) => states.Add(s),
            progress: new TrainingTests.Collect(p => messages.Add(p.Message ?? "")));
        double[] At(long update) => states.Single(s => s.Update == update).Parameters;
        Assert.Equal(Drawn(1), At(200));
        Assert.Equal(Drawn(2), At(400));
        Assert.NotEqual(Drawn(2), At(500));
        Assert.Single(messages, m => m.Contains("Of 3 beginnings the training goes on with that of update 400", StringComparison.Ordinal));
        // After the third the parameters are those of the second as it was judged, neither a draw nor those of the third.
        TrainingResult early = Training.Fit(
            new ShallowPlrnn(2, 3, 10, seed: 1),
            TrainingTests.Data(),
            s_short with { Precision = Precision.Float64, Selection = Beginnings(new Scripted(5, 2, 3, 9, 9)) });
        Assert.Equal(early.State.Selected!.Parameters, At(600));
        Assert.Equal((800, 1.9), (result.State.Selected!.Update, result.State.Selected.Score));
        Assert.Equal([double.PositiveInfinity, 5, 2, 2, 1.9], score.Beaten);
        // Schedules count the updates of the beginning: 550 of the one that goes on, of which it has had 200 at update 600.
        double Rate(long update) => result.Losses.Single(l => l.Update == update).LearningRate;
        LearningRateSchedule schedule = s_short.LearningRate;
        foreach (long update in (long[])[100, 300, 500])
            Assert.Equal(schedule.At(100, 550), Rate(update));
        Assert.Equal(schedule.At(300, 550), Rate(700));
        Assert.Equal(schedule.At(550, 550), Rate(950));
    }

    private static StateSelection Beginnings(CandidateScore score) => new(score) { Interval = 200, Draws = 3, Draw = Drawn };

    private static double[] Drawn(int draw) => new ShallowPlrnn(2, 3, 10, seed: 100 + (ulong)draw).Parameters.Values.ToArray();

    [Theory]
    [InlineData(Precision.Float32, 1)]
    [InlineData(Precision.Float64, 1)]
    [InlineData(Precision.Float64, 4)]
    public void Going_on_from_any_checkpoint_gives_the_bits_of_never_having_stopped(Precision precision, int draws)
    {
        StateSelection selection = new(new Likeness())
        {
            Interval = 100,
            Patience = 1,
            Slack = 1,
            Tolerance = 1,
            Draws = draws,
            Draw = Drawn,
        };
        TrainingOptions options = s_short with { Precision = precision, Selection = selection };
        List<TrainingState> states = [];
        ShallowPlrnn model = new(2, 3, 10, seed: 1);
        TrainingResult whole = Training.Fit(model, [TrainingTests.Data()], options, checkpoint: (state, _) => states.Add(state));
        foreach (TrainingState state in states.Select(s => TrainingState.FromTensors(s.ToTensors())))
        {
            ShallowPlrnn resumed = new(2, 3, 10, seed: 99);
            TrainingResult rest = Training.Fit(resumed, [TrainingTests.Data()], options, resume: state);
            Assert.Equal(model.Parameters.Values.ToArray(), resumed.Parameters.Values.ToArray());
            Assert.Equal(whole.State.Parameters, rest.State.Parameters);
            Assert.Equal(whole.State.Selected!.Update, rest.State.Selected!.Update);
        }
    }

    [Fact]
    public void Cancelled_while_a_candidate_is_judged_it_goes_on_to_the_same_bits()
    {
        using CancellationTokenSource source = new();
        Likeness whole = new(), stopped = new() { OnJudging = count => { if (count == 3) source.Cancel(); } };
        TrainingOptions options = s_short with { Selection = new(whole) { Interval = 200 } };
        ShallowPlrnn model = new(2, 3, 10, seed: 1), resumed = new(2, 3, 10, seed: 1);
        Training.Fit(model, TrainingTests.Data(), options);
        TrainingResult part = Training.Fit(
            resumed, TrainingTests.Data(), options with { Selection = new(stopped) { Interval = 200 } }, cancellationToken: source.Token);
        Assert.Equal(TrainingEnding.Cancelled, part.Ending);
        Assert.Equal(500, part.State.Update);
        Training.Fit(resumed, [TrainingTests.Data()], options, resume: part.State);
        Assert.Equal(model.Parameters.Values.ToArray(), resumed.Parameters.Values.ToArray());
    }

    [Theory]
    [InlineData("interval")]
    [InlineData("slack")]
    [InlineData("tolerance")]
    [InlineData("patience")]
    [InlineData("beginning")]
    [InlineData("beginnings")]
    public void What_cannot_be_is_refused_with_a_sentence(string what)
    {
        StateSelection selection = new(new Likeness());
        selection = what switch
        {
            "interval" => selection with { Interval = 0 },
            "slack" => selection with { Slack = 0.5 },
            "tolerance" => selection with { Tolerance = double.NaN },
            "patience" => selection with { Patience = 0 },
            "beginning" => selection with { Draws = 0 },
            _ => selection with { Draws = 2 },
        };
        ArgumentException e = Assert.ThrowsAny<ArgumentException>(
            () => Training.Fit(new ShallowPlrnn(2, 3, 10), TrainingTests.Data(), s_short with { Selection = selection }));
        Assert.Contains(what, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_whose_selected_state_is_another_models_is_refused()
    {
        TrainingState state = new()
        {
            Update = 5,
            Parameters = [1, 2],
            Moments = [[0, 0]],
            Selected = new(4, 1, 0.5, [1, 2], [[0, 0]], 2),
        };
        TrainingState read = TrainingState.FromTensors(state.ToTensors());
        Assert.Equal((4, 1.0, 0.5, 2), (read.Selected!.Update, read.Selected.Score, read.Selected.Lowest, read.Selected.Strikes));
        SelectedState[] wrongs =
        [
            new(4, 1, 1, [1], [[0]], 0),
            new(4, 1, 1, [1, 2], [], 0),
            new(4, 1, 1, [1, 2], [[0]], 0),
        ];
        foreach (SelectedState wrong in wrongs)
            Assert.Throws<FormatException>(() => TrainingState.FromTensors((state with { Selected = wrong }).ToTensors()));
    }

    private sealed class Scripted(params double[] scores) : CandidateScore
    {
        private int _next;

        public List<double> Beaten { get; } = [];

        public override double Of(RecurrentModel candidate, double limit, CancellationToken cancellationToken)
        {
            Beaten.Add(limit);
            return scores[_next++];
        }
    }

    // Any function of the parameters that goes up and down along a training.
    private sealed class Likeness : CandidateScore
    {
        private int _judged;

        public Action<int>? OnJudging { get; init; }

        public override double Of(RecurrentModel candidate, double limit, CancellationToken cancellationToken)
        {
            OnJudging?.Invoke(++_judged);
            cancellationToken.ThrowIfCancellationRequested();
            return 2 + Math.Sin(1e4 * candidate.Parameters.Values[0]);
        }
    }
}
