namespace Attractor.Learning;

/// <summary>
/// How a recurrent model is trained. The defaults suit a few observed variables with a little noise; they are those of the results for
/// Lorenz-63, but for their length and L2.
/// </summary>
public sealed record TrainingOptions
{
    /// <summary>How the data guides the states during training.</summary>
    public TeacherForcing Forcing { get; init; } = TeacherForcing.Generalized(0.1);

    /// <summary>Steps at the start of each window that are forced at every step and left out of the loss.</summary>
    public int WarmUp { get; init; }

    /// <summary>T: predicted steps per window; a window holds T + 1 points.</summary>
    public int SequenceLength { get; init; } = 200;

    /// <summary>Windows per update.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Gradient steps in all.</summary>
    public long Updates { get; init; } = 50_000;

    /// <summary>The optimiser.</summary>
    public Optimizer Optimizer { get; init; } = Optimizer.RAdam();

    /// <summary>The learning rate over the updates.</summary>
    public LearningRateSchedule LearningRate { get; init; } = LearningRateSchedule.Exponential(5e-3, 1e-6);

    /// <summary>The Euclidean norm the gradient is clipped to; 0 for no clipping.</summary>
    public double GradientClip { get; init; } = 10;

    /// <summary>Weight of the squared distance of the parameters from their resting values (1 for A, 0 for the others).</summary>
    public double L2 { get; init; }

    /// <summary>
    /// That weight at the end: it stays at <see cref="L2"/> for half of the updates, falls linearly, and ends at nine tenths of them. Null
    /// for the same all along.
    /// </summary>
    /// <remarks>
    /// A penalty keeps a network out of attractors that the data do not have, and costs a part of the exponent; the part comes back once it
    /// is gone.
    /// </remarks>
    public double? L2End { get; init; }

    /// <summary>
    /// lambda of manifold-attractor regularisation: the weight of the sum of (A_ii - 1)^2 + sum_j W_ij^2 + h_i^2 over the last latent units
    /// (Schmidt et al., ICLR 2021: 1e-2), with W1 and h1 of shallow networks. It lets these units be slow; 0 for none.
    /// </summary>
    public double ManifoldAttractor { get; init; }

    /// <summary>rho: the last floor(rho M) of the latent units are drawn so.</summary>
    public double ManifoldAttractorShare { get; init; } = 0.5;

    /// <summary>
    /// l_obs, the weight of (1 - s_1 / s_n)^2 of the largest and the smallest singular value of an affine observation, whose inverse forces
    /// the states (Hess et al., ICML 2023: 1e-7 to 1e-6).
    /// </summary>
    public double ConditionPenalty { get; init; }

    /// <summary>How the parts of the loss of observation models are weighed, such as those of counts.</summary>
    public SignalLoss SignalLoss { get; init; } = new();

    /// <summary>Standard deviation of the Gaussian noise added to the inputs (not to the targets), in units of the data.</summary>
    public double InputNoise { get; init; }

    /// <summary>
    /// That standard deviation at the end: it stays at <see cref="InputNoise"/> for half of the updates, falls linearly, and ends at nine
    /// tenths of them. Null for the same all along.
    /// </summary>
    /// <remarks>
    /// Noise on the inputs keeps orbits near the attractor, and biases what is learnt (errors in variables); the bias goes once it is gone.
    /// </remarks>
    public double? InputNoiseEnd { get; init; }

    /// <summary>Seed of the windows and the noise.</summary>
    public ulong Seed { get; init; }

    /// <summary>Arithmetic of the updates.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>
    /// Threads of an update, 1 or 2; null for 2 where every training of the process can have as many processors. Shallow networks of 5000
    /// weights in W1 or more can use a second one; the bits are the same.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>What to do with missing values.</summary>
    public MissingValues Missing { get; init; } = MissingValues.Reject;

    /// <summary>How the state that becomes the model is chosen; null for the last.</summary>
    public StateSelection? Selection { get; init; }

    /// <summary>Divergences that are undone (half the learning rate each) before the training gives up.</summary>
    public int MaxDivergences { get; init; } = 5;

    /// <summary>Updates between two checkpoints handed to the callback; 0 for none but the last.</summary>
    public long CheckpointInterval { get; init; } = 5_000;

    /// <summary>Where schedules stand at an update: they count those of the beginning that goes on, and each beginning alike.</summary>
    internal (long Done, long All) ScheduleAt(long update) => Selection?.ScheduleAt(update, Updates) ?? (update, Updates);

    /// <summary>The weight at an update, counted from 0.</summary>
    internal double L2At(long update) => Annealed(L2, L2End, update);

    /// <summary>The noise on the inputs at an update, counted from 0.</summary>
    internal double InputNoiseAt(long update) => Annealed(InputNoise, InputNoiseEnd, update);

    /// <summary>Whether there ever is any.</summary>
    internal bool HasInputNoise => InputNoise > 0 || InputNoiseEnd > 0;

    private double Annealed(double start, double? at, long update)
    {
        const double From = 0.5, To = 0.9;
        if (at is not { } end)
            return start;
        (long done, long all) = ScheduleAt(update);
        double fallen = Math.Clamp((((double)done / all) - From) / (To - From), 0, 1);
        return start + (fallen * (end - start));
    }
}
