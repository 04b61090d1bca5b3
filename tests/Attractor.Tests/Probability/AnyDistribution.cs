using System.Runtime.CompilerServices;
using Attractor.Numerics;
using Attractor.Probability;

namespace Attractor.Tests.Probability;

/// <summary>A distribution of one number whose type is data, so that one test serves all.</summary>
internal abstract class AnyDistribution
{
    public static readonly string[] Names =
    [
        "Normal", "LogNormal", "Exponential", "Gamma", "Beta", "StudentT", "Laplace", "Gumbel", "Uniform", "Bernoulli", "Poisson",
        "NegativeBinomial",
    ];

    public static AnyDistribution Make(string name, params double[] parameters) => name switch
    {
        "Normal" => new Reparameterized<Normal>(name, parameters),
        "LogNormal" => new Reparameterized<LogNormal>(name, parameters),
        "Exponential" => new Reparameterized<Exponential>(name, parameters),
        "Gamma" => new Reparameterized<Gamma>(name, parameters),
        "Beta" => new Reparameterized<Beta>(name, parameters),
        "StudentT" => new Reparameterized<StudentT>(name, parameters),
        "Laplace" => new Reparameterized<Laplace>(name, parameters),
        "Gumbel" => new Reparameterized<Gumbel>(name, parameters),
        "Uniform" => new Reparameterized<Uniform>(name, parameters),
        "Bernoulli" => new Of<Bernoulli>(name, parameters),
        "Poisson" => new Of<Poisson>(name, parameters),
        "NegativeBinomial" => new Of<NegativeBinomial>(name, parameters),
        _ => throw new ArgumentException(name),
    };

    public required string Name { get; init; }
    public required double[] Parameters { get; init; }
    public abstract IReadOnlyList<Parameter> Described { get; }
    public abstract Domain Support { get; }
    public abstract double Mean { get; }
    public abstract double Variance { get; }
    public abstract double Entropy { get; }
    public abstract bool HasDivergence { get; }
    public virtual bool IsReparameterized => false;
    public bool IsDiscrete => Support is Domain.Binary or Domain.Natural;

    public abstract double LogDensity(double value);
    public abstract double LogDensityGradient(double value, Span<double> score);
    public abstract double[] EntropyGradient();
    public abstract void Sample(RandomStream random, Span<double> values);
    public abstract double KullbackLeibler(double[] other);
    public abstract (double[] Gradient, double[] Other) KullbackLeiblerGradient(double[] other);
    public virtual double[] SampleGradient(double value) => throw new InvalidOperationException();
    public abstract void UseDefault();

    public double[] Sample(ulong seed, int count)
    {
        double[] values = new double[count];
        Sample(new RandomStream(seed, Name), values);
        return values;
    }

    public override string ToString() => $"{Name}({string.Join(", ", Parameters)})";

    private class Of<T> : AnyDistribution
        where T : struct, IDistribution<T>
    {
        [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        public Of(string name, double[] parameters)
        {
            (Name, Parameters) = (name, parameters);
            It = T.Create(parameters);
        }

        protected T It { get; }
        public override IReadOnlyList<Parameter> Described => T.Parameters;
        public override Domain Support => T.Support;
        public override double Mean => It.Mean;
        public override double Variance => It.Variance;
        public override double Entropy => It.Entropy;
        public override bool HasDivergence => It is IDivergence<T>;

        public override double LogDensity(double value) => It.LogDensity(value);
        public override double LogDensityGradient(double value, Span<double> score) => It.LogDensityGradient(value, score);
        public override double[] EntropyGradient()
        {
            double[] gradient = new double[Parameters.Length];
            It.EntropyGradient(gradient);
            return gradient;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Sample(RandomStream random, Span<double> values)
        {
            T it = It;
            foreach (ref double value in values)
                value = it.Sample(random);
        }

        public override double KullbackLeibler(double[] other) => ((IDivergence<T>)It).KullbackLeibler(T.Create(other));

        public override (double[] Gradient, double[] Other) KullbackLeiblerGradient(double[] other)
        {
            double[] gradient = new double[Parameters.Length], byOther = new double[Parameters.Length];
            ((IDivergence<T>)It).KullbackLeiblerGradient(T.Create(other), gradient, byOther);
            return (gradient, byOther);
        }

        public override void UseDefault() => default(T).LogDensity(1);
    }

    private sealed class Reparameterized<T> : Of<T>
        where T : struct, IReparameterized<T>
    {
        [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        public Reparameterized(string name, double[] parameters)
            : base(name, parameters)
        {
        }

        public override bool IsReparameterized => true;

        public override double[] SampleGradient(double value)
        {
            double[] gradient = new double[Parameters.Length];
            It.SampleGradient(value, gradient);
            return gradient;
        }
    }
}
