namespace Attractor.Evaluation;

/// <summary>In what units the error of a forecast is held against a threshold.</summary>
public enum ErrorNorm
{
    /// <summary>
    /// |x^ - x| / sqrt(mean_t |x_t - mean|^2), Euclidean over the variables (Vlachas et al., Neural Networks
    /// 126, 2020; Pathak et al., PRL 120, 2018).
    /// </summary>
    TotalDeviation,

    /// <summary>
    /// sqrt(mean over variables of ((x^_n - x_n) / sd_n)^2), each variable in its own standard deviation
    /// (Platt et al., Neural Networks 153, 2022).
    /// </summary>
    PerVariable,
}
