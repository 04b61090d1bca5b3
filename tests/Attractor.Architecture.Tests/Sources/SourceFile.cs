using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Attractor.Architecture.Tests.Sources;

/// <summary>One file of C#.</summary>
internal sealed class SourceFile(string path)
{
    private static readonly string[] s_built = ["bin", "obj"];

    /// <summary>The path from the root.</summary>
    public string Name { get; } = Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');

    public IEnumerable<string> Lines => File.ReadLines(path);

    /// <summary>All of them in a folder, what the compiler writes left out.</summary>
    public static IEnumerable<SourceFile> In(string folder)
        => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(p => !Path.GetRelativePath(Repository.Root, p).Split(Path.DirectorySeparatorChar).Any(s_built.Contains))
            .Order(StringComparer.Ordinal)
            .Select(p => new SourceFile(p));

    /// <summary>The texts of its string literals, and of interpolated ones the parts between the holes; with their lines from 1.</summary>
    public IEnumerable<(int Line, string Text)> Literals()
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(File.ReadAllText(path)).GetRoot();
        foreach (SyntaxNode node in root.DescendantNodes())
            if (node is InterpolatedStringExpressionSyntax interpolated)
                yield return (Line(node), string.Concat(interpolated.Contents.Select(
                    c => c is InterpolatedStringTextSyntax text ? text.TextToken.ValueText : "?")));
            else if (node is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression))
                yield return (Line(node), literal.Token.ValueText);

        static int Line(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
    }
}
