using Attractor.Data;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Numerics;
using Attractor.Storage;
using Attractor.Tests.Learning.Mixtures.Stochastic;

namespace Attractor.Tests.Learning;

/// <summary>What everything that the loop drives has in common.</summary>
public sealed class LoopConformanceTests
{
    public static TheoryData<string> Learners() => [.. Case.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Learners))]
    public void The_same_seed_gives_the_same_bits(string name)
    {
        Case learner = Case.Of(name);
        double[] first = learner.Run(new()).Result;
        Assert.Equal(first, learner.Run(new()).Result);
        Assert.All(first, x => Assert.True(double.IsFinite(x)));
    }

    [Theory]
    [MemberData(nameof(Learners))]
    public void Any_number_of_threads_gives_the_same_bits(string name)
    {
        Case learner = Case.Of(name);
        Assert.Equal(learner.Run(new() { Threads = 1 }).Result, learner.Run(new() { Threads = 3 }).Result);
    }

    [Theory]
    [MemberData(nameof(Learners))]
    public void Cancelled_anywhere_it_goes_on_from_its_checkpoint_to_the_bits_of_never_having_stopped(string name)
    {
        Case learner = Case.Of(name);
        CancelAfter counter = new(long.MaxValue);
        double[] whole = learner.Run(new() { Watch = counter }).Result;
        RandomStream random = new(7, name);
        foreach (long looks in (long[])[0, .. Enumerable.Range(0, 4).Select(_ => random.NextInt64(counter.Looks))])
        {
            string file = Path.GetTempFileName();
            try
            {
                Outcome part = learner.Run(new() { Watch = new(looks), SaveTo = file });
                Outcome rest = learner.Run(new() { ResumeFrom = file });
                Assert.Contains(part.Ending, (TrainingEnding[])[TrainingEnding.Cancelled, rest.Ending]);
                Assert.Equal(whole, rest.Result);
            }
            finally
            {
                File.Delete(file);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Learners))]
    public void A_divergence_ends_with_numbers_and_says_so(string name)
    {
        Case learner = Case.Of(name);
        if (learner.Diverging is not { } diverging)
            return;
        Outcome outcome = diverging();
        Assert.Equal(TrainingEnding.Diverged, outcome.Ending);
        Assert.All(outcome.Result, x => Assert.True(double.IsFinite(x)));
    }

    [Fact]
    public void Every_ending_is_a_sentence()
        => Assert.All(Enum.GetValues<TrainingEnding>(), e => Assert.Matches("^[A-Z][^\n]+\\.$", e.Sentence()));

    // Cancels when it has been looked at so often: at the sampled data, which every learner reads on the learning thread.
    private sealed class CancelAfter(long looks) : IDisposable
    {
        private readonly CancellationTokenSource _source = new();

        public long Looks { get; private set; }

        public CancellationToken Token => _source.Token;

        public void Look()
        {
            if (Looks++ >= looks)
                _source.Cancel();
        }

        public void Dispose() => _source.Dispose();
    }

    private sealed record Setting
    {
        public int Threads { get; init; } = 2;

        public CancelAfter Watch { get; init; } = new(long.MaxValue);

        public string? SaveTo { get; init; }

        public string? ResumeFrom { get; init; }

        public TState? Resume<TState>()
            where TState : class, ILearnerState<TState>
            => ResumeFrom is null ? null : Checkpoint.Load<TState>(ResumeFrom);

        public void Save<TState>(TState state)
            where TState : ILearnerState<TState>
        {
            if (SaveTo is not null)
                Checkpoint.Save(SaveTo, state);
        }
    }

    private sealed record Outcome(TrainingEnding Ending, double[] Result);

    private sealed record Case(string Name, Func<Setting, Outcome> Run, Func<Outcome>? Diverging = null)
    {
        private static readonly TrainingOptions s_forced = new()
        {
            Updates = 650,
            SequenceLength = 20,
            BatchSize = 16,
            Seed = 3,
            CheckpointInterval = 100,
            InputNoise = 0.02
        };

        private static readonly MinibatchOptions s_minibatches = new() { Epochs = 6, BatchSize = 20, Shards = 2, Seed = 1 };

        public static IReadOnlyList<Case> All { get; } =
        [
            new("teacher-forced", s => Forced(s, s_forced), () => Forced(
                new(),
                s_forced with { LearningRate = LearningRateSchedule.Constant(1e12), GradientClip = 0, Optimizer = Optimizer.Sgd(0) })),
            new("hierarchical", s => Hierarchical(s, HierarchicalTrainingTests.Short), () => Hierarchical(
                new(),
                HierarchicalTrainingTests.Short with
                {
                    LearningRate = LearningRateSchedule.Constant(1e12), GradientClip = 0, Optimizer = Optimizer.Sgd(0)
                })),
            new("minibatches", s => Minibatch(s, s_minibatches), () => Minibatch(
                new(), s_minibatches with { LearningRate = LearningRateSchedule.Constant(1e200), Optimizer = Optimizer.Sgd(0) })),
            new("coordinate ascent", Ascent),
            new("stochastic inference", Stochastic),
            new("variational inference", s => Variational(s, looks => z =>
            {
                looks();
                return (z["a"] - 1).Square() * -0.5;
            }), () => Variational(new(), _ => z => z["a"].Log())),
            new("Laplace", Laplace),
        ];

        public static Case Of(string name) => All.First(c => c.Name == name);

        private static Outcome Forced(Setting setting, TrainingOptions options)
        {
            ShallowPlrnn model = new(2, 3, 10, seed: 1);
            TrainingResult result = Training.Fit(
                model,
                [TrainingTests.Data()],
                options with { Optimizer = options.Optimizer is Sgd ? options.Optimizer : new Watched(setting.Watch.Look) },
                setting.Resume<TrainingState>(),
                (state, _) => setting.Save(state), null, setting.Watch.Token);
            return new(result.Ending, model.Parameters.Values.ToArray());
        }

        private static Outcome Hierarchical(Setting setting, HierarchicalTrainingOptions options)
        {
            HierarchicalShallowPlrnn model = HierarchicalTrainingTests.Model(2, 3, hidden: 8, features: 2, subjects: 5);
            options = options with
            {
                Updates = 450,
                Threads = setting.Threads,
                Optimizer = options.Optimizer is Sgd ? options.Optimizer : new Watched(setting.Watch.Look),
                LearningRate = options.Optimizer is Sgd ? options.LearningRate : LearningRateSchedule.Constant(1e-3),
            };
            TrainingResult result = HierarchicalTraining.Fit(
                model,
                HierarchicalTrainingTests.Subjects(5),
                options,
                setting.Resume<TrainingState>(),
                (state, _) => setting.Save(state), null, setting.Watch.Token);
            return new(result.Ending, model.Parameters.Values.ToArray());
        }

        private static Outcome Minibatch(Setting setting, MinibatchOptions options)
        {
            ParameterLayout layout = new();
            ParameterTensor slope = layout.Vector("slope", 1);
            ParameterBuffer parameters = new(layout);
            MinibatchResult result = Minibatches.Fit(
                parameters,
                new Line(slope, setting.Watch.Look),
                options with { Threads = setting.Threads },
                new Line(slope, () => { }),
                setting.Resume<TrainingState>(),
                new() { Checkpoint = (state, _) => setting.Save(state) }, setting.Watch.Token);
            return new(result.Ending, parameters.Values.ToArray());
        }

        private static Outcome Ascent(Setting setting)
        {
            Mixture mixture = SimulatedRows.Model();
            MixtureFit fit = CoordinateAscent.Fit(
                mixture,
                SimulatedRows.Draw(300, missing: 0.05),
                new() { Restarts = 3, MaxSweeps = 15, Seed = 2, Threads = setting.Threads },
                setting.Resume<MixtureState>(),
                new() { Sweep = _ => setting.Watch.Look(), Checkpoint = (state, _) => setting.Save(state) }, setting.Watch.Token);
            return new(fit.Ending, [.. mixture.Snapshot(), fit.Elbo, .. fit.Counts]);
        }

        private static Outcome Stochastic(Setting setting)
        {
            Mixture mixture = SimulatedRows.Model();
            MixtureFit fit = StochasticVariationalInference.Fit(
                mixture, new WatchedRows(SimulatedRows.Draw(600, missing: 0.05), setting.Watch.Look),
                new() { BatchSize = 100, Epochs = 4, Restarts = 2, Seed = 2, Tolerance = 1e-12, Threads = setting.Threads },
                setting.Resume<MixtureState>(),
                new() { Checkpoint = (state, _) => setting.Save(state) }, setting.Watch.Token);
            return new(fit.Ending, [.. mixture.Snapshot(), fit.Elbo, .. fit.Counts]);
        }

        private static Outcome Variational(
            Setting setting, Func<Action, Func<LatentValues, Attractor.Differentiation.Variable<double>>> density)
        {
            VariationalFit fit = VariationalInference.Fit(
                new LogJoint([LatentVariable.Real("a")], density(setting.Watch.Look)),
                new() { Steps = 1500, Draws = 100, Seed = 4 },
                setting.Resume<VariationalState>(),
                (state, _) => setting.Save(state),
                null,
                setting.Watch.Token);
            return new(fit.Ending, [.. fit.State.Solution, .. fit.Trace.Select(p => p.Bound)]);
        }

        private static Outcome Laplace(Setting setting)
        {
            LaplaceFit fit = LaplaceApproximation.Fit(new LogJoint([LatentVariable.Real("a"), LatentVariable.Positive("b")], z =>
            {
                setting.Watch.Look();
                return ((z["a"] - z["b"].Square()).Square() * -50) - (z["b"] - 1).Square();
            }), new() { Draws = 100 }, setting.Resume<LaplaceState>(), setting.Watch.Token);
            setting.Save(fit.State);
            return new(fit.Ending, [.. fit.UnconstrainedMode]);
        }
    }

    // y = 2 x
    private sealed class Line(ParameterTensor slope, Action look) : MinibatchObjective
    {
        private readonly Lock _lock = new();

        public override int SampleCount => 50;

        public override Attractor.Differentiation.Variable<T> Loss<T>(
            TapeParameters<T> parameters, ReadOnlySpan<int> samples, BatchPlace place)
        {
            lock (_lock)
                look();
            T[] x = new T[samples.Length];
            for (int i = 0; i < x.Length; i++)
                x[i] = T.CreateTruncating(samples[i] / 25.0);
            Attractor.Differentiation.Variable<T> inputs = parameters.Tape.Constant(new(x.Length, 1), x);
            return ((inputs * parameters[slope]) - (inputs * 2)).Square().Sum();
        }
    }

    // Gradient descent that is watched.
    private sealed record Watched(Action Look) : UpdateRule
    {
        public override int MomentCount => 1;

        protected override void Apply<T>(in UpdateStep<T> step)
        {
            Look();
            Span<T> theta = step.Parameters, v = step.Moment(0);
            T rate = T.CreateTruncating(step.LearningRate), momentum = T.CreateTruncating(0.9);
            for (int i = 0; i < theta.Length; i++)
            {
                v[i] = (momentum * v[i]) + step.Gradient[i];
                theta[i] -= rate * v[i];
            }
        }
    }

    private sealed class WatchedRows(IRowSource rows, Action look) : IRowSource
    {
        private readonly Lock _lock = new();

        public long Count => rows.Count;

        public IReadOnlyList<string> Names => rows.Names;

        public IReadOnlyList<ColumnProfile> Profiles => rows.Profiles;

        public void Read(long first, Span<double> values)
        {
            lock (_lock)
                look();
            rows.Read(first, values);
        }
    }
}
