using Microsoft.AspNetCore.Routing;

namespace Packit.Sandbox.GitHub;

internal static class GitHubApiRoutes
{
    public static void Map(IEndpointRouteBuilder routes, GitHubStandIn standIn)
    {
    }
}
