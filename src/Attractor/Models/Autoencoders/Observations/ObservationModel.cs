using System.Numerics;
using Attractor.Data;
using Attractor.Differentiation;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Models;

/// <summary>
/// p(x | z): what the last layer of a decoder means. Each observed variable has its own output of the
/// decoder, and given z the variables are independent.
/// </summary>
/// <remarks>
/// An observation model of one's own derives from this class and is given to the options of a model: it says log p(x | z) on the tape, the
/// mean and a draw. To read a file of a model with it, it is registered first, <see cref="Register"/>. It has no state; what it learns
/// beside the decoder's output are its <see cref="Parameters"/>, which belong to the model.
/// </remarks>
public abstract record ObservationModel
{
    private static readonly NamedRegistry<ObservationModel> s_registry = new(
        "an observation model",
        model => model.Name,
        (one, other) => one.GetType() == other.GetType(),
        [
            new BernoulliObservation(),
            new GaussianObservation(PerVariable: true),
            new GaussianObservation(PerVariable: false),
            new PoissonObservation(),
            new NegativeBinomialObservation(),
        ]);

    // Those of a number of levels, by their names: a model is of one number.
    private static readonly Dictionary<string, Func<int, ObservationModel>> s_levelled = new()
    {
        [OrdinalObservation.Word] = levels => new OrdinalObservation(levels),
        [CategoricalObservation.Word] = levels => new CategoricalObservation(levels),
    };

    /// <summary>x is 0 or 1 (a grey x in between is taken as its own expectation); the decoder gives the logit.</summary>
    public static ObservationModel Bernoulli { get; } = Of(Observation.Bernoulli);

    /// <summary>x is real; the decoder gives the mean, the variance of each variable is a parameter.</summary>
    public static ObservationModel Gaussian { get; } = Of(Observation.Gaussian);

    /// <summary>x is real; the decoder gives the mean, one variance for all variables is a parameter.</summary>
    public static ObservationModel IsotropicGaussian { get; } = Of(Observation.IsotropicGaussian);

    /// <summary>x is a count; the decoder gives the logarithm of the rate.</summary>
    public static ObservationModel Poisson { get; } = Of(Observation.Poisson);

    /// <summary>x is a count that varies more than Poisson's; the decoder gives the logarithm of the mean.</summary>
    public static ObservationModel NegativeBinomial { get; } = Of(Observation.NegativeBinomial);

    /// <summary>x is one of the ordered levels 1 .. C, such as an answer on a Likert scale.</summary>
    /// <param name="levels">C, 2 to <see cref="MostLevels"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer or more.</exception>
    public static ObservationModel Ordinal(int levels) => new OrdinalObservation(levels);

    /// <summary>x is one of the categories 1 .. C, which have no order.</summary>
    /// <inheritdoc cref="Ordinal"/>
    public static ObservationModel Categorical(int levels) => new CategoricalObservation(levels);

    /// <summary>The most levels of a variable.</summary>
    public const int MostLevels = 1000;

    /// <summary>
    /// All there are that need no number of levels: those of the library, then the others in the order in which they came.
    /// </summary>
    public static IReadOnlyList<ObservationModel> All => s_registry.All;

    /// <summary>
    /// The name in files and commands, in kebab-case: with it the model is found again, so that it says
    /// all that a model of this class may be told.
    /// </summary>
    public abstract string Name { get; }

    /// <summary>The name of the distribution, for people: "Gaussian".</summary>
    public abstract string Family { get; }

    /// <summary>Where x may lie: reports show real variables and binary ones differently.</summary>
    public virtual Domain Support => Domain.Real;

    /// <summary>What is learnt beside the decoder's output.</summary>
    public virtual IReadOnlyList<ObservationParameter> Parameters => [];

    /// <summary>C, where x is one of the levels 1 .. C; null of other variables.</summary>
    public virtual int? Levels => null;

    /// <summary>
    /// Outputs of the decoder for each variable, side by side. Only recurrent networks take other models than those of 1.
    /// </summary>
    public virtual int Outputs => 1;

    /// <summary>What an encoder sees of a variable: itself, or an indicator of each category.</summary>
    public virtual int Features => 1;

    /// <summary>log p(x | z) of every variable, nats: n x D.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="parameters">The <see cref="Parameters"/> in their order, each of 1 x D or 1 x 1,
    /// which goes with every row or value.</param>
    /// <param name="output">The decoder's output: n x D (times <see cref="Outputs"/>), or one row, which goes with every row of x.</param>
    /// <param name="x">n x D, or one row, which goes with every row of the output.</param>
    public abstract Variable<T> LogLikelihood<T>(IReadOnlyList<Variable<T>> parameters, Variable<T> output, Variable<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>E[x | z] of one variable.</summary>
    /// <param name="output">The decoder's output.</param>
    /// <param name="parameters">The values of the <see cref="Parameters"/> for the variable, in their order.</param>
    public abstract double Mean(double output, ReadOnlySpan<double> parameters);

    /// <summary>x drawn from p(x | z), of one variable.</summary>
    /// <param name="output">The decoder's output.</param>
    /// <param name="parameters">The values of the <see cref="Parameters"/> for the variable, in their order.</param>
    /// <param name="random">Where randomness comes from.</param>
    public abstract double Sample(double output, ReadOnlySpan<double> parameters, RandomStream random);

    /// <summary>
    /// E[x | z] of one variable of several <see cref="Outputs"/>; of categories, which have no mean, the most likely one.
    /// </summary>
    /// <param name="outputs">The decoder's outputs for the variable.</param>
    /// <param name="parameters">The values of the <see cref="Parameters"/> for the variable, in their order.</param>
    public virtual double Mean(ReadOnlySpan<double> outputs, ReadOnlySpan<double> parameters) => Mean(outputs[0], parameters);

    /// <summary>x drawn from p(x | z), of one variable of several <see cref="Outputs"/>.</summary>
    /// <param name="outputs">The decoder's outputs for the variable.</param>
    /// <param name="parameters">The values of the <see cref="Parameters"/> for the variable, in their order.</param>
    /// <param name="random">Where randomness comes from.</param>
    public virtual double Sample(ReadOnlySpan<double> outputs, ReadOnlySpan<double> parameters, RandomStream random)
        => Sample(outputs[0], parameters, random);

    /// <summary>What an encoder sees of a value.</summary>
    /// <param name="x">The value.</param>
    /// <param name="features"><see cref="Features"/> values are written.</param>
    public virtual void Encode(double x, Span<double> features) => features[0] = x;

    /// <summary>
    /// Why a value cannot be observed, such as "a Poisson decoder observes counts"; null if it can. Any finite
    /// number can unless a model says otherwise.
    /// </summary>
    public virtual string? Refusal(double x) => double.IsFinite(x) ? null : "a value is not finite";

    /// <summary>
    /// The units of the output for a variable that is observed as it is while the model is of standardised ones: the output at which
    /// E[x | z] is its mean, and how far from it an output may be before it shows in x. Null where outputs are of order one by themselves.
    /// </summary>
    /// <param name="mean">The mean of the variable over the data.</param>
    public virtual (double Mean, double Scale)? OutputUnits(double mean) => null;

    /// <summary>Writes E[x | z] of all variables out in elementary operations; null where a model does not say how.</summary>
    /// <param name="program">Where the operations go.</param>
    /// <param name="output">The decoder's output, D values.</param>
    protected internal virtual VectorValue? Trace(VectorProgram program, VectorValue output) => null;

    /// <summary>Adds a model, for all threads. The same one again changes nothing.</summary>
    /// <exception cref="ArgumentException">There is another one of this name.</exception>
    public static void Register(ObservationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(model.Name);
        s_registry.Register(model);
    }

    /// <summary>The model of a name; null if there is none.</summary>
    public static ObservationModel? Find(string name) => s_registry.Find(name);

    /// <summary>Whether there is a model of a name.</summary>
    internal static bool IsNamed(string name) => s_levelled.ContainsKey(name) || Find(name) is not null;

    /// <summary>The model of a name and a number of levels; null if there is none.</summary>
    /// <param name="name">Of <see cref="All"/>, <c>ordinal</c> or <c>categorical</c>.</param>
    /// <param name="levels">C of those that have levels, 1 of the others.</param>
    /// <exception cref="ArgumentOutOfRangeException">There cannot be as many.</exception>
    internal static ObservationModel? Find(string name, int levels)
        => s_levelled.TryGetValue(name, out Func<int, ObservationModel>? create) ? create(levels) : levels == 1 ? Find(name) : null;

    /// <summary>One of the library's.</summary>
    /// <exception cref="ArgumentException">There is no such one.</exception>
    public static ObservationModel Of(Observation kind)
        => Enum.IsDefined(kind)
            ? Find(KebabCase.Of(kind))!
            : throw new ArgumentException($"There is no observation model {kind}.", nameof(kind));

    /// <summary>One of the library's, by its name in code.</summary>
    public static implicit operator ObservationModel(Observation kind) => Of(kind);
}
