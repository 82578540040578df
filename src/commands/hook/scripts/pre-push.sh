# A push that brings no tag starts nothing. What git says is read once and handed to what stands below.
git_postmortem_lines=$(cat)
git_postmortem_tags=
case $git_postmortem_lines in
*" refs/tags/"*)
    while IFS= read -r git_postmortem_line; do
        case $git_postmortem_line in
        "(delete) "*) ;;
        *" refs/tags/"*) git_postmortem_tags=yes ;;
        esac
    done <<GIT_POSTMORTEM
$git_postmortem_lines
GIT_POSTMORTEM
    ;;
esac
if [ -n "$git_postmortem_tags" ]; then
    @find@
    printf "%s\n" "$git_postmortem_lines" | "$git_postmortem" hook run pre-push "${1-}" "${2-}" >&2 || exit $?
fi
if [ -n "$git_postmortem_lines" ]; then
    exec <<GIT_POSTMORTEM
$git_postmortem_lines
GIT_POSTMORTEM
else
    exec </dev/null
fi
unset git_postmortem git_postmortem_place git_postmortem_line git_postmortem_lines git_postmortem_tags
