using Attractor.Data;
using Attractor.Numerics;

namespace Attractor.Models;

/// <summary>
/// A shallow piecewise-linear recurrent network for each of several subjects, of which every parameter is linear in a few features of
/// the subject: A_s = sum_i p_si PA_i, and W1, W2, h1, h2 and L likewise (Brenner et al., ICLR 2025: hierarchical shPLRNN).
/// </summary>
/// <remarks>
/// What the subjects share are the tensors <c>PA</c> (d x M), <c>PW1</c> (d x ML), <c>PW2</c> (d x LM), <c>Ph1</c> (d x M), <c>Ph2</c>
/// (d x L) and, where M > N, <c>PL</c> (d x (M - N)N) of the initial state; row i belongs to feature i, matrices in it are row-major.
/// What each has of its own are <c>features</c> (S x d) and <c>log_covariance</c> (S x N), the logarithms of the diagonal covariance of
/// what its predictions miss. With d = 1 and the feature 1 it is a <see cref="ShallowPlrnn"/>. The publication begins the units that are
/// not observed at zero: that is L = 0. Reading is thread-safe, setting parameters is not.
/// </remarks>
public sealed class HierarchicalShallowPlrnn : IStandardizable
{
    /// <summary>The kind as commands and files name it.</summary>
    public const string KindName = "hierarchical-shplrnn";

    internal const string FeatureTensor = "features", CovarianceTensor = "log_covariance";

    private const double Gain = 0.1;

    private Standardization? _standardization;

    /// <summary>
    /// A model with the published initial parameters: shared tensors Xavier-uniform with gain 0.1, and one draw of features uniform within
    /// -1 to 1 for all subjects.
    /// </summary>
    /// <param name="observed">N, the number of observed variables.</param>
    /// <param name="latent">M, at least N.</param>
    /// <param name="hidden">L, the number of hidden units.</param>
    /// <param name="features">d, the features of a subject.</param>
    /// <param name="subjects">The names of the subjects, each once.</param>
    /// <param name="seed">Seed of the initial parameters.</param>
    /// <exception cref="ArgumentException">A size is not positive, there are fewer latent than observed units, or a name is there twice or
    /// empty, or there are too many parameters.</exception>
    public HierarchicalShallowPlrnn(
        int observed, int latent, int hidden, int features, IReadOnlyList<string> subjects, ulong seed = 0)
        : this(observed, latent, hidden, features, subjects)
        => Draw(seed);

    private HierarchicalShallowPlrnn(int observed, int latent, int hidden, int features, IReadOnlyList<string> subjects)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        if (subjects.Count == 0)
            throw new ArgumentException("There is no subject.", nameof(subjects));
        if (subjects.FirstOrDefault(string.IsNullOrWhiteSpace) is not null)
            throw new ArgumentException("The name of a subject is empty.", nameof(subjects));
        if (subjects.GroupBy(s => s, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"There are two subjects '{twice.Key}'.", nameof(subjects));
        (Observed, Latent, Hidden, Features, Subjects) = (observed, latent, hidden, features, [.. subjects]);
        Network = ShallowPlrnn.Cell.TensorsOf(Sizes);
        if ((Network.Sum(t => (long)t.Count) * features) + ((long)subjects.Count * (features + observed)) > Array.MaxLength)
            throw new ArgumentException(
                $"{features} features of networks of {latent} x {hidden} units, or {subjects.Count} subjects, are too many parameters: "
                + "take fewer.");
        ParameterLayout layout = new();
        foreach (ParameterTensor tensor in Network)
            layout.Matrix("P" + tensor.Name, features, tensor.Count);
        SharedCount = layout.Count;
        layout.Matrix(FeatureTensor, subjects.Count, features);
        layout.Matrix(CovarianceTensor, subjects.Count, observed);
        Parameters = new(layout);
    }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <summary>N, the number of observed variables: the first N units.</summary>
    public int Observed { get; }

    /// <summary>M, the number of latent units.</summary>
    public int Latent { get; }

    /// <summary>L, the number of hidden units.</summary>
    public int Hidden { get; }

    /// <summary>d, the number of features of a subject.</summary>
    public int Features { get; }

    /// <summary>The names of the subjects.</summary>
    public IReadOnlyList<string> Subjects { get; }

    /// <summary>All parameters: the shared tensors, then features and covariances of the subjects.</summary>
    public ParameterBuffer Parameters { get; }

    /// <inheritdoc/>
    public int ParameterCount => Parameters.Count;

    /// <inheritdoc/>
    public string Description => FormattableString.Invariant(
        $"{Latent} latent and {Hidden} hidden units, {Features} feature{(Features == 1 ? "" : "s")} of {Subjects.Count} ")
        + (Subjects.Count == 1 ? "subject" : "subjects");

    /// <inheritdoc/>
    public Standardization? Standardization
    {
        get => _standardization;
        set => _standardization = value is null || value.Mean.Count == Observed
            ? value
            : throw new ArgumentException($"The model observes {Observed} variables, the units are of {value.Mean.Count}.", nameof(value));
    }

    /// <summary>The tensors of the network of one subject, Theta values in all.</summary>
    internal IReadOnlyList<ParameterTensor> Network { get; }

    /// <summary>Theta.</summary>
    internal int NetworkCount => SharedCount / Features;

    /// <summary>d x Theta: where the parameters of the subjects begin.</summary>
    internal int SharedCount { get; }

    /// <summary>The sizes of the network of a subject.</summary>
    internal IReadOnlyDictionary<string, int> Sizes
        => new Dictionary<string, int> { ["observed"] = Observed, ["latent"] = Latent, ["hidden"] = Hidden };

    /// <summary>The number of a subject, from 0.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public int IndexOf(string subject)
    {
        for (int s = 0; s < Subjects.Count; s++)
            if (Subjects[s] == subject)
                return s;
        string known = Subjects.Count == 1
            ? $"is {Subjects[0]}"
            : $"are {string.Join(", ", Subjects.Take(8))}{(Subjects.Count > 8 ? ", ..." : "")}";
        throw new ArgumentException(
            $"there is no subject '{subject}'"
            + $"{(NearestName.Among(Subjects, subject) is { } match ? $"; did you mean {match}?" : "")}; there {known}");
    }

    /// <summary>p_s, the d features of a subject.</summary>
    /// <param name="subject">Its number, from 0.</param>
    public double[] FeaturesOf(int subject) => RowOf(FeatureTensor, subject, Features);

    /// <summary>The logarithms of the N variances of what the predictions of a subject miss; 0 where they are not learnt.</summary>
    /// <param name="subject">Its number, from 0.</param>
    public double[] LogCovarianceOf(int subject) => RowOf(CovarianceTensor, subject, Observed);

    /// <summary>Replaces the features of a subject.</summary>
    /// <exception cref="ArgumentException">Not d values.</exception>
    public void SetFeatures(int subject, ReadOnlySpan<double> features)
    {
        RequireFeatures(features);
        double[] all = Parameters[FeatureTensor].ToArray();
        features.CopyTo(all.AsSpan(RequireSubject(subject) * Features, Features));
        Parameters.Set(FeatureTensor, all);
    }

    /// <summary>The network of a subject, of variables in the units of the model.</summary>
    /// <param name="subject">Its number, from 0.</param>
    public ShallowPlrnn NetworkOf(int subject) => NetworkAt(FeaturesOf(subject));

    /// <summary>The network at any features, between those of subjects and beyond.</summary>
    /// <param name="features">p, d values.</param>
    /// <exception cref="ArgumentException">Not d values.</exception>
    public ShallowPlrnn NetworkAt(ReadOnlySpan<double> features)
    {
        RequireFeatures(features);
        ShallowPlrnn network = (ShallowPlrnn)RecurrentModel.CreateBlank(ShallowPlrnn.Cell.Name, Sizes);
        double[] values = new double[NetworkCount];
        foreach (ParameterTensor tensor in Network)
        {
            ReadOnlySpan<double> shared = Parameters["P" + tensor.Name];
            for (int i = 0; i < Features; i++)
                for (int j = 0; j < tensor.Count; j++)
                    values[tensor.Offset + j] += features[i] * shared[(i * tensor.Count) + j];
        }
        network.Parameters.Set(values);
        return network;
    }

    /// <summary>
    /// The model with other subjects in place of its own: the shared tensors stay, the features begin at the mean of those of its
    /// subjects, so do the logarithms of their variances.
    /// </summary>
    /// <param name="subjects">Names, each once.</param>
    public HierarchicalShallowPlrnn WithSubjects(IReadOnlyList<string> subjects)
    {
        HierarchicalShallowPlrnn model = new(Observed, Latent, Hidden, Features, subjects) { Standardization = Standardization };
        double[] values = new double[model.ParameterCount];
        Parameters.Values[..SharedCount].CopyTo(values);
        Fill(values.AsSpan(SharedCount, subjects.Count * Features), MeanOf(FeatureTensor, Features));
        Fill(values.AsSpan(SharedCount + (subjects.Count * Features)), MeanOf(CovarianceTensor, Observed));
        model.Parameters.Set(values);
        return model;
    }

    /// <summary>
    /// Lets every subject begin as one network: feature 0 is 1 and carries it, the others are 0, and what they would change is drawn as
    /// published.
    /// </summary>
    /// <param name="network">A network of the same sizes, without inputs and with its states observed.</param>
    /// <exception cref="ArgumentException">It is of other sizes.</exception>
    public void BeginAs(ShallowPlrnn network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Parameters.Count != NetworkCount || network.Latent != Latent || network.Observed != Observed)
            throw new ArgumentException($"The network has {network.Description}, expected {Latent} latent and {Hidden} hidden units.");
        foreach (ParameterTensor tensor in Network)
        {
            double[] shared = Parameters["P" + tensor.Name].ToArray();
            network.Parameters[tensor.Name].CopyTo(shared);
            Parameters.Set("P" + tensor.Name, shared);
        }
        double[] features = new double[Subjects.Count * Features];
        for (int s = 0; s < Subjects.Count; s++)
            features[s * Features] = 1;
        Parameters.Set(FeatureTensor, features);
    }

    /// <summary>A model whose parameters are all 0, for whoever brings them.</summary>
    internal static HierarchicalShallowPlrnn Blank(int observed, int latent, int hidden, int features, IReadOnlyList<string> subjects)
        => new(observed, latent, hidden, features, subjects);

    private void Draw(ulong seed)
    {
        RandomStream random = new(seed, "parameters");
        double[] values = new double[ParameterCount];
        foreach (ParameterTensor tensor in Network)
        {
            (int rows, int columns) = tensor.Columns == 0 ? (1, tensor.Rows) : (tensor.Rows, tensor.Columns);
            double bound = Gain * Math.Sqrt(6.0 / (rows + columns));
            Uniform(values.AsSpan(tensor.Offset * Features, tensor.Count * Features), bound, random);
        }
        double[] features = new double[Features];
        Uniform(features, 1, random);
        Fill(values.AsSpan(SharedCount, Subjects.Count * Features), features);
        Parameters.Set(values);
    }

    private double[] MeanOf(string tensor, int columns)
    {
        double[] mean = new double[columns];
        for (int s = 0; s < Subjects.Count; s++)
            for (int i = 0; i < columns; i++)
                mean[i] += Parameters[tensor][(s * columns) + i] / Subjects.Count;
        return mean;
    }

    private double[] RowOf(string tensor, int subject, int columns)
        => Parameters[tensor].Slice(RequireSubject(subject) * columns, columns).ToArray();

    private int RequireSubject(int subject)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(subject);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(subject, Subjects.Count);
        return subject;
    }

    private void RequireFeatures(ReadOnlySpan<double> features)
    {
        if (features.Length != Features)
            throw new ArgumentException($"Expected {Features} features, found {features.Length}.", nameof(features));
    }

    private static void Uniform(Span<double> values, double bound, RandomStream random)
    {
        foreach (ref double value in values)
            value = random.NextUniform(-bound, bound);
    }

    private static void Fill(Span<double> rows, ReadOnlySpan<double> row)
    {
        for (int at = 0; at < rows.Length; at += row.Length)
            row.CopyTo(rows[at..]);
    }
}
