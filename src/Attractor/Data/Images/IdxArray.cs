namespace Attractor.Data;

/// <summary>What an idx file holds: unsigned bytes in an array of any rank.</summary>
/// <param name="Values">The bytes; the last index runs fastest.</param>
/// <param name="Shape">The sizes, such as (60000, 28, 28) of images or (60000) of labels.</param>
public sealed record IdxArray(byte[] Values, IReadOnlyList<int> Shape)
{
    /// <summary>The shape as text, such as (60000, 28, 28).</summary>
    internal string ShapeText => $"({string.Join(", ", Shape)}{(Shape.Count == 1 ? "," : "")})";
}
